"""A claim as a card: one look tells who, whom, where, when and by whose word; opened, where each came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from dateline.export import words
from dateline.export.html_text import Mark, anchor
from dateline.types import Actor, Claim, Codes, Extent, Place, Report, Span, When

_FAMILY = (
    (
        "violence",
        "armed-clash shelling air-strike bombing chemical-attack attack execution abduction torture casualties",
    ),
    ("ground", "advance capture repel withdraw siege deploy destroy"),
    ("people", "displacement evacuation aid return release block-aid"),
)
_CLASS = {t: name for name, types in _FAMILY for t in types.split()}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a claim as shown: its key's letter, its label, its value, and the words it came from."""

    letter: str
    label: str
    value: str
    span: Span
    more: str = ""


def family(type: str) -> str:
    """The look of a type: "violence", "ground", "people" or "other"."""
    return _CLASS.get(type, "other")


def fields(c: Claim) -> Iterator[Field]:
    """The fields of a claim that came from words, in order of reading."""
    for a in c.agents:
        yield Field("a", "who", a.name, a, _actor(a))
    for a in c.targets:
        yield Field("t", "to whom", a.name, a, _actor(a))
    if c.place:
        yield Field("p", "where", words.where(c.place), c.place, _place(c.place))
    if c.time and (day := words.when(c.time)):
        yield Field("w", "when", day, c.time, _time(c.time))
    for f in c.figures:
        parts = "; ".join(f"{words.number(p.low) if p.low is not None else '?'} {p.of}" for p in f.includes)
        yield Field("f", "how many", words.figure(f), f, f"of them {parts}" if parts else f.of)
    for s in c.sources:
        yield Field("s", "says", s.name, s, f"{s.kind}; {s.stance}" + (f": “{s.verb}”" if s.verb else ""))


def marks(key: str, c: Claim) -> Iterator[Mark]:
    """The words of a claim: its trigger, its fields, its sentence."""
    if c.trigger.start is not None and c.trigger.end is not None:
        yield Mark(c.trigger.start, c.trigger.end, f"{key}y0", key, f"{family(c.type)} {c.modality}")
    for n, f in enumerate(fields(c)):
        if f.span.start is not None and f.span.end is not None and f.span.start < f.span.end:
            yield Mark(f.span.start, f.span.end, f"{key}{f.letter}{n}")
    yield Mark(c.sentence.start, c.sentence.end, f"{key}z")


def card(report: int, number: int, c: Claim, r: Report, primary: bool) -> str:
    """The card of the report's claim of that number."""
    key = f"r{report}c{number}"
    known = list(enumerate(fields(c)))
    people = [", ".join(_short(key, n, f) for n, f in known if f.letter == letter) for letter in ("a", "t")]
    who = ' <span class="to">→</span> '.join(p or '<span class="soft">—</span>' for p in people) if any(people) else ""
    rest = [_short(key, n, f) for n, f in known if f.letter in "pwf"]
    voice = ", ".join(_short(key, n, f) for n, f in known if f.letter == "s")
    lines = [who, ' <span class="dot">·</span> '.join(rest), f'<i class="says">says</i> {voice}' if voice else ""]
    body = "".join(f'<span class="line">{line}</span>' for line in lines if line)
    rows = "".join(_row(report, key, n, f, c.sentence) for n, f in known)
    return (
        f'<details class="card {family(c.type)}" id="{key}" data-key="{key}"><summary>'
        f'<span class="head"><b>{escape(c.type)}</b>{_flags(c, primary)}'
        f'<span class="sure" title="how sure the program is of its reading">{c.confidence:.0%}</span></span>{body}</summary>'
        f"<dl>{_trigger_row(report, key, c)}{rows}{_own_voice(c, r)}{_codes_row(c.codes)}</dl></details>"
    )


def _short(key: str, n: int, f: Field) -> str:
    return f'<span class="v k-{f.letter}" data-key="{key}{f.letter}{n}">{escape(f.value)}</span>'


def _flags(c: Claim, primary: bool) -> str:
    state = words.MODALITY[c.modality]
    found: list[tuple[str, str]] = [(c.modality, state)] if state else []
    found += [("plain", "background")] if c.background else []
    found += [("plain", "in quotes")] if c.quoted else []
    found += [("plain", e) for e in c.evidence]
    found += [("main", "main claim")] if primary else []
    return "".join(f' <span class="flag {kind}">{escape(text)}</span>' for kind, text in found)


def _row(report: int, key: str, n: int, f: Field, sentence: Extent) -> str:
    more = f'<span class="more">{escape(f.more)}</span>' if f.more else ""
    return (
        f'<div class="k-{f.letter}"><dt>{f.label}</dt><dd data-key="{key}{f.letter}{n}">{escape(f.value)}{more}'
        f"{_from(report, f.span, sentence)}</dd></div>"
    )


def _from(report: int, span: Span, sentence: Extent) -> str:
    """The words that a value came from, as a way to them."""
    if span.start is None or span.end is None:
        return '<span class="from">from what is known of the report</span>'
    far = "" if sentence.start <= span.start < sentence.end else f" {_side(span.start, sentence)}"
    return (
        f'<a class="from" href="#{anchor(report, span.start)}">“{escape(span.text)}”'
        f'<span class="at">{far} {span.start}–{span.end}</span></a>'
    )


def _side(start: int, sentence: Extent) -> str:
    return "earlier, at" if start < sentence.start else "later, at"


def _trigger_row(report: int, key: str, c: Claim) -> str:
    told = {"asserted": "told as fact", "denied": "told as not so", "uncertain": "told with doubt"}
    value = told.get(c.modality, "planned, threatened or asked for")
    return (
        f'<div class="k-y"><dt>told</dt><dd data-key="{key}y0">{value}{_from(report, c.trigger, c.sentence)}</dd></div>'
    )


def _own_voice(c: Claim, r: Report) -> str:
    if c.sources:
        return ""
    outlet = f"the report itself ({r.outlet})" if r.outlet else "the report itself"
    return f'<div class="k-s"><dt>says</dt><dd>{escape(outlet)}</dd></div>'


def _codes_row(codes: Codes) -> str:
    found = []
    if codes.plover:
        mode = f"/{codes.plover.mode}" if codes.plover.mode else ""
        found.append(f"PLOVER {codes.plover.event}{mode}")
    if codes.cameo:
        found.append(f"CAMEO {codes.cameo}")
    if codes.acled:
        found.append(f"ACLED {codes.acled.event_type}: {codes.acled.sub_event_type}")
    if codes.ucdp:
        found.append(f"UCDP {codes.ucdp}")
    lines = "<br>".join(escape(x) for x in found) or "none"
    return f'<div class="k-c"><dt>codes</dt><dd>{lines}</dd></div>'


def _actor(a: Actor) -> str:
    return " ".join(x for x in (a.country, a.sector, f"({a.group})" if a.group else "") if x)


def _place(p: Place) -> str:
    own = p.name if p.name != words.called(p) else ""
    area = ", ".join(x for x in (own, p.admin1, p.country) if x)
    if p.lat is None or p.lon is None:
        return area or "not found on the map"
    around = f" ± {words.number(round(p.radius_km, 1))} km" if p.radius_km is not None else ""
    number = f", GeoNames {p.geonameid}" if p.geonameid and p.geonameid > 0 else ""
    return f"{area}; {p.lat:.3f}, {p.lon:.3f}{around}{number}"


def _time(t: When) -> str:
    return {1: "to the day", 2: "to a few days", 3: "to the week", 4: "to the month", 5: "to the year"}.get(
        t.precision, ""
    )

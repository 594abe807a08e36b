"""Names of private persons and guarded places, withheld from what leaves the program unless they are asked for.

A private person is a named person who is not in the actor list and is of no group: an actor who is a civilian or of
unknown side, or a source who is a witness, a resident or of unknown kind (``data/export/redact.yaml``).  The name becomes
``[name withheld]`` in actors, sources, titles and quoted sentences, by itself and in its parts; in quoted sentences
any run of capitals that begins with a given name goes too, unless the actor list has it, a title of office stands
before it or it is a place of the report.  More is withheld than need be rather than less.

A hospital, shelter or camp where something happened is shown roughly (``export/sites.py``); its name becomes
``[place withheld]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.codebook.actors import fold_alias, load_actors
from dateline.codebook.lexicon import DATA, lexicon, read_yaml
from dateline.export.sites import coarse_place, guarded, is_guarded, site_names
from dateline.gazetteer.cues import cues
from dateline.gazetteer.tables import countries, demonyms
from dateline.types import Actor, Claim, CodedReport, Disagreement, Event, EventFigure, Place, Source, Span


class Safe(NamedTuple):
    """Events, reports (without texts) and claims' sentences without what is withheld."""

    events: tuple[Event, ...]
    coded: tuple[CodedReport, ...]
    quotes: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Words:
    word: str
    place_word: str
    sectors: frozenset[str]
    named_sectors: frozenset[str]
    kinds: frozenset[str]
    named_kinds: frozenset[str]
    particles: frozenset[str]
    office: frozenset[str]
    bodies: frozenset[str]
    ordinary: frozenset[str]
    tails: frozenset[str]


@cache
def _words() -> _Words:
    raw = read_yaml(DATA / "export" / "redact.yaml")
    sets = {k: frozenset(map(str, v)) for k, v in raw.items() if k not in ("word", "place_word")}
    return _Words(word=str(raw["word"]), place_word=str(raw["place_word"]), **sets)


def withheld() -> str:
    """What stands in a private name's place."""
    return _words().word


def is_private_actor(a: Actor) -> bool:
    """Whether an actor is a private person with a name."""
    w = _words()
    if a.actor_id or a.group or a.sector not in w.sectors | w.named_sectors:
        return False
    return any(_names_person(text, a.sector in w.named_sectors) for text in (a.name, a.text))


def is_private_source(s: Source) -> bool:
    """Whether a source is a private person with a name."""
    w = _words()
    if s.kind not in w.kinds | w.named_kinds:
        return False
    return any(_names_person(text, s.kind in w.named_kinds) for text in (s.name, s.text))


# ------------------------------------------------------------------------------------------------ what is a name


_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*")


def _names_person(text: str, strictly: bool) -> bool:
    return any(_is_person(run, text, strictly) for run in _runs(text))


def _runs(text: str) -> list[str]:
    """Runs of capitalised words with the small words between them; ordinary words, peoples and countries end one."""
    w = _words()
    runs: list[list[re.Match[str]]] = [[]]
    for m in _TOKEN.finditer(text):
        joined = bool(runs[-1]) and text[runs[-1][-1].end() : m.start()].strip() == ""
        small = m[0].lower() in w.particles
        if not (small or _capital(m[0])) or not _may_name(m[0]):
            runs.append([])
        elif joined:
            runs[-1].append(m)
        else:
            runs.append([m])
    out = []
    for run in runs:
        while run and not _capital(run[-1][0]):
            run.pop()
        if run:
            out.append(text[run[0].start() : _bare_end(run[-1])])
    return out


def _bare_end(m: re.Match[str]) -> int:
    """Where a name ends without a possessive or a full stop."""
    return m.start() + len(re.sub(r"(['’]s?|\.)$", "", m[0]))


def _capital(token: str) -> bool:
    particle, dash, rest = token.partition("-")
    return token[:1].isupper() or (bool(dash) and particle.lower() in _words().particles and rest[:1].isupper())


def _may_name(token: str) -> bool:
    bare = re.sub(r"(['’]s?|\.)$", "", token)
    low = bare.lower()
    if low in _words().ordinary or low in _role_words() or low in _states() or bare in demonyms():
        return False
    return low.rpartition("-")[2] not in _words().tails


@cache
def _role_words() -> frozenset[str]:
    raw = lexicon("roles")["sectors"]
    words = {str(n).lower() for nouns in raw.values() for n in nouns if " " not in str(n)}
    return frozenset(words | {f"{w}{end}" for w in words for end in ("s", "es")} | _words().office) - cues().given_names


@cache
def _states() -> frozenset[str]:
    return frozenset(n.lower() for c in countries().values() for n in c.names if " " not in n)


def _is_person(run: str, text: str, strictly: bool) -> bool:
    """Whether a run of ``text`` is a person's name; ``strictly`` only by its given name and another word."""
    if fold_alias(run) in load_actors().by_alias:
        return False
    tokens = [t.lower() for t in run.split()]
    if tokens[-1] in _words().bodies:
        return False
    if tokens[0] in cues().given_names and (len(tokens) > 1 or not strictly):
        return True
    if strictly or run.isupper() or not _words().bodies.isdisjoint(w.lower() for w in _TOKEN.findall(text)):
        return False  # an acronym; "the channel Example"
    before, _, after = text.partition(run)
    if re.search(r"\b(of|from|in|at|near)\s*$", before) and len(tokens) == 1:
        return False  # "people of Example"
    return not re.match(r"\s+\w", after)  # "Example residents" ends in what they are


def other_persons(text: str, public: Iterable[str]) -> list[str]:
    """The runs of two words or more that begin with a given name, are no place's beginning and are not public."""
    folded = {fold_alias(p) for p in public}
    found = [run for run in _runs(text) if len(run.split()) > 1]
    return [
        run
        for run in found
        if run.split()[0].lower() not in cues().beginnings
        and fold_alias(run) not in folded
        and _is_person(run, text, strictly=True)
    ]


def after_office(before: str) -> bool:
    """Whether words end in a title of office."""
    last = before.split()[-1:]
    return bool(last) and last[0].lower().strip(",") in _words().office


# -------------------------------------------------------------------------------------------------- withholding


@dataclass(frozen=True, slots=True)
class _Veil:
    """The private names of some reports, and what may not be touched although it shares a word with them.

    ``sites`` are the names of their guarded places; ``persons`` and ``places`` say what is withheld at all.
    """

    names: frozenset[str]
    public: frozenset[str]
    sites: frozenset[str]
    persons: bool
    places: bool
    pattern: re.Pattern[str]
    site_pattern: re.Pattern[str]

    def text(self, value: str) -> str:
        """A text with the known private names and guarded places withheld."""
        if self.sites:
            value = self.site_pattern.sub(lambda m: m[0] if m[1] else _words().place_word, value)
        return self.pattern.sub(lambda m: m[0] if m[1] else _words().word, value) if self.names else value

    def quote(self, value: str) -> str:
        """A sentence: what :meth:`text` withholds, and every other run that begins with a given name."""
        value = self.text(value)
        if not self.persons:
            return value
        for run in sorted(other_persons(value, self.public), key=len, reverse=True):
            if not after_office(value[: value.find(run)]):
                value = value.replace(run, _words().word)
        return value

    def actor(self, a: Actor) -> Actor:
        if self.persons and is_private_actor(a):
            return replace(a, name=_words().word, text=_words().word)
        return a if a.actor_id or a.group else replace(a, name=self.text(a.name), text=self.text(a.text))

    def source(self, s: Source) -> Source:
        if self.persons and is_private_source(s):
            return replace(s, name=_words().word, text=_words().word)
        return replace(s, name=self.text(s.name), text=self.text(s.text))

    def span(self, s: Span) -> Span:
        return replace(s, text=self.text(s.text))

    def place(self, p: Place | None) -> Place | None:
        if p is None or not self.places or not is_guarded(p):
            return p
        return coarse_place(p, _words().place_word, _words().place_word)


_NONE: frozenset[str] = frozenset()


def _veil_of(
    names: frozenset[str], public: frozenset[str], sites: frozenset[str], persons: bool, places: bool
) -> _Veil:
    names, sites = names if persons else _NONE, sites if places else _NONE
    public -= sites
    return _Veil(names, public, sites, persons, places, name_pattern(names, public), name_pattern(sites, public))


@lru_cache(maxsize=512)
def name_pattern(names: frozenset[str], public: frozenset[str]) -> re.Pattern[str]:
    """Names as whole words; in group 1 public names that hold one, which are let stand."""
    kept = [p for p in public - names if any(n in p for n in names)]
    return re.compile(rf"(?<!\w)(?:({_either(kept)})|{_either(names)})(?!\w)")


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda x: (-len(x), x))) or "(?!)"


def withhold(
    events: Sequence[Event],
    coded: Sequence[CodedReport],
    quotes: Mapping[str, str],
    persons: bool = True,
    places: bool = True,
) -> Safe:
    """The same record without what is withheld: texts are left out, spans keep their offsets but not the name.

    Args:
        events: their actors, figures' sources and disagreements are cleared of the names that their reports hold.
        coded: their titles, claims, actors and sources are cleared.
        quotes: sentences by the claim's id.
        persons: whether the names of private persons are withheld.
        places: whether hospitals, shelters and camps are shown roughly and without their name.
    """
    veils = {c.report.id: _veil(c, persons, places) for c in coded}
    by_claim = {claim.id: c.report.id for c in coded for claim in c.claims}
    return Safe(
        tuple(
            _event(
                e,
                _joined([veils[r] for r in sorted({by_claim[c] for c in e.claims if c in by_claim})], persons, places),
            )
            for e in events
        ),
        tuple(_coded(c, veils[c.report.id]) for c in coded),
        {id: veils[by_claim[id]].quote(text) for id, text in quotes.items() if id in by_claim},
    )


def _veil(coded: CodedReport, persons: bool, places: bool) -> _Veil:
    names, public = told_names(coded)
    return _veil_of(parts_of(names), frozenset(public), frozenset(site_names(coded)), persons, places)


def told_names(coded: CodedReport) -> tuple[set[str], set[str]]:
    """The names of a report's private actors and sources, and those of all its others and of its places."""
    names: set[str] = set()
    public: set[str] = set()
    for c in coded.claims:
        for a in (*c.agents, *c.targets):
            (names if is_private_actor(a) else public).update((a.name, a.text))
        for s in c.sources:
            (names if is_private_source(s) else public).update((s.name, s.text))
        if c.place:
            public.update((c.place.name, c.place.text))
    return names, public


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """Names and their parts, each of which is somebody."""
    return frozenset(p for n in names for p in _parts(n))


def _parts(name: str) -> Iterable[str]:
    """A name's runs that are a person's, and each word of them that is long enough to be somebody."""
    for run in _runs(name):
        if not _is_person(run, name, strictly=False):
            continue
        yield run
        yield from (t for t in run.split() if len(t) > 2 and t.lower() not in _words().particles and _may_name(t))


def _joined(veils: Sequence[_Veil], persons: bool, places: bool) -> _Veil:
    names, public, sites = (
        frozenset().union(*some)
        for some in ([v.names for v in veils], [v.public for v in veils], [v.sites for v in veils])
    )
    return _veil_of(names, public, sites, persons, places)


def _coded(c: CodedReport, veil: _Veil) -> CodedReport:
    """A report without its text, and without the digests of names, from which a name can be guessed."""
    report = replace(c.report, text="", title=veil.quote(c.report.title))
    events = None if c.events is None else tuple(_event(e, veil) for e in c.events)
    claims = tuple(_claim(x, veil) for x in c.claims)
    people = () if veil.persons else c.people
    marks = () if veil.persons else c.marks
    towns = tuple(t for t in c.towns if not (veil.places and guarded(t.name, "")))
    return replace(c, report=report, claims=claims, people=people, marks=marks, towns=towns, events=events)


def _claim(c: Claim, veil: _Veil) -> Claim:
    figures = tuple(
        replace(
            f,
            text=veil.quote(f.text),
            of=veil.quote(f.of),
            includes=tuple(replace(p, of=veil.quote(p.of)) for p in f.includes),
        )
        for f in c.figures
    )
    return replace(
        c,
        place=veil.place(c.place),
        trigger=veil.span(c.trigger),
        agents=tuple(map(veil.actor, c.agents)),
        targets=tuple(map(veil.actor, c.targets)),
        sources=tuple(map(veil.source, c.sources)),
        figures=figures,
    )


def _event(e: Event, veil: _Veil) -> Event:
    return replace(
        e,
        place=veil.place(e.place),
        agents=tuple(map(veil.actor, e.agents)),
        targets=tuple(map(veil.actor, e.targets)),
        figures=tuple(_figure(f, veil) for f in e.figures),
        disagreements=tuple(_disagreement(d, veil) for d in e.disagreements),
    )


def _figure(f: EventFigure, veil: _Veil) -> EventFigure:
    return replace(f, by_source=tuple(replace(s, source=veil.text(s.source)) for s in f.by_source))


def _disagreement(d: Disagreement, veil: _Veil) -> Disagreement:
    return replace(d, values=tuple(replace(v, value=veil.text(v.value)) for v in d.values))

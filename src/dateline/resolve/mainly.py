"""The claim that a report is mainly about, by the rules and the trained model of kinds together.

The rules say what is claimed and tied to which words; the model says what the words are mainly about.  Where it is
surer than the rules, the main claim takes its code (lexicon ``kinds`` holds from how sure on).  Where it reads all the
claims that the report has, it also says which of them is the main one, and gives it another type where its own can never
have that code; of a longer report it reads too little for that.  It takes no code away, and what has not happened gets none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import log

from dateline.codebook.lexicon import lexicon
from dateline.codebook.loader import Codebook
from dateline.resolve.claim import Resolver, claim_id
from dateline.resolve.kinds import Kinds, acled_of, kinds, plover_of, window
from dateline.resolve.primary import VIOLENCE, primary, weight
from dateline.types import AcledCode, Claim, Draft, Mention, PloverCode, Sentence

_LEAST = 1e-4
_AGREES = 0.8  # of the log likelihood of its codes, beside what speaks for a claim by the rules
_VIOLENT = 1.0  # for violence, rather than what followed it
_FEWEST = 5  # words of a sentence that may tell of an event


@dataclass(frozen=True, slots=True, kw_only=True)
class Mainly:
    """A report's claims with the main one as the model has it.

    ``main`` is its id, None for a report that tells of nothing; ``was`` the id that it had by the rules, None for a
    claim that the model added; ``told`` what the model told, None where it was not asked.
    """

    claims: tuple[Claim, ...]
    main: str | None
    was: str | None = None
    told: Kinds | None = None


def mainly(resolver: Resolver, claims: tuple[Claim, ...], codebook: Codebook) -> Mainly:
    """What a report is mainly about, of the claims that the rules found in it; ``resolver`` is the one that made them."""
    report, sentences = resolver.report, resolver.sentences
    main = next((c for c in claims if c.id == primary(report, claims, codebook)), None)
    first = next((s for s in sentences if len(s) >= _FEWEST and not s.heading), None)
    opening = main.sentence if main else first
    if opening is None:
        return Mainly(claims=claims, main=None)
    read = window(sentences, opening.start)
    near = [c for c in claims if read.start <= c.sentence.start < read.end]
    told = kinds(report.text[read.start : read.end], near, main)
    if main is None:
        added = _added(resolver, first, told, codebook) if first else ()
        return Mainly(claims=added, main=added[0].id if added else None, told=told)
    chosen, whole = main, len(near) == len(claims)
    if whole:
        chosen = max(near, key=lambda c: _likely(c, told, codebook, len(report.text)))
    new = recoded(chosen, told, codebook, retype=whole)
    return Mainly(claims=tuple(new if c is chosen else c for c in claims), main=new.id, was=chosen.id, told=told)


def fits(codebook: Codebook) -> bool:
    """Whether a codebook has the types that the model knows."""
    return {*_types("acled").values(), *_types("plover").values()} <= codebook.types.keys()


def recoded(c: Claim, told: Kinds, codebook: Codebook, retype: bool = True) -> Claim:
    """A claim with the codes, and with ``retype`` the type, of which the model is surer than the rules."""
    sub, event = _surer(told.acled, acled_of(c)), _surer(told.plover, plover_of(c))
    if c.modality in ("denied", "future"):
        sub = ""
    kind = c.type
    if retype and sub and told.acled[sub] >= _at("retype") and sub not in _reach(codebook, c.type):
        kind = _types("acled")[sub]
    codes = c.codes
    if sub:
        codes = replace(codes, acled=AcledCode(event_type=_event_types()[sub], sub_event_type=sub))
    if event:
        codes = replace(codes, plover=PloverCode(event=event, mode=""), cameo=str(lexicon("kinds")["cameo"][event]))
    return replace(c, type=kind, codes=codes, id=c.id if kind == c.type else _renamed(c, kind, codebook))


# --------------------------------------------------------------------------------------------------- parts


def _added(resolver: Resolver, s: Sentence, told: Kinds, codebook: Codebook) -> tuple[Claim, ...]:
    """A claim of a sentence that the rules find nothing in, where the model is sure of one."""
    root = next(i for i, h in enumerate(s.heads) if h == i)
    for scheme, likely in (("acled", told.acled), ("plover", told.plover)):
        code = _best(likely)
        if code and likely[code] >= _at("add") and s.tags[root][:1] in "VN":
            trigger = Mention(sentence=s.index, first=root, last=root, head=root)
            (claim,) = resolver.claims([Draft(type=_types(scheme)[code], trigger=trigger, strength=likely[code])])
            return (recoded(claim, told, codebook),)
    return ()


def _likely(c: Claim, told: Kinds, codebook: Codebook, length: int) -> float:
    """What speaks for a claim's being the main one; a follow-up must be the more likely to go before what it follows."""
    rules = weight(c, codebook, max(1, length)) + _VIOLENT * (codebook.types[c.type].family in VIOLENCE)
    return rules + _AGREES * _agrees(c, told)


def _agrees(c: Claim, told: Kinds) -> float:
    return sum(
        log(max(_LEAST, likely.get(code, 0.0)))
        for likely, code in ((told.acled, acled_of(c)), (told.plover, plover_of(c)))
    )


def _surer(likely: dict[str, float], now: str) -> str:
    """The code that the model puts in the place of another, "" for none."""
    best = _best(likely)
    return best if best != now and likely[best] >= _at("recode") else ""


def _best(likely: dict[str, float]) -> str:
    return max(likely, key=lambda name: likely[name])


def _at(what: str) -> float:
    return float(lexicon("kinds")[what])


def _types(scheme: str) -> dict[str, str]:
    return dict(lexicon("kinds")[scheme])


@cache
def _event_types() -> dict[str, str]:
    return {str(sub): str(event) for event, subs in lexicon("crosswalk")["acled"].items() for sub in subs}


def _reach(codebook: Codebook, kind: str) -> set[str]:
    """The ACLED sub-events that a type's crosswalk may give."""
    crosswalk = codebook.types[kind].crosswalk
    found = [crosswalk.base["acled"], *(r.sets.get("acled") for r in crosswalk.rules)]
    return {code.sub_event_type for code in found if code}


def _renamed(c: Claim, kind: str, codebook: Codebook) -> str:
    return claim_id(c.report_id, c.trigger.start, c.trigger.end, kind, codebook.label)

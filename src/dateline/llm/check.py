"""A model's answer held against the report: what does not stand there is refused, and counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from dateline.codebook.loader import Codebook
from dateline.errors import RejectedReport
from dateline.extract.quantities import find_quantities
from dateline.types import Attribution, Draft, FigureKind, Mention, Modality, Quantity, Sentence, TimeMention

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_MODALITIES = frozenset(get_args(Modality))
_KINDS = frozenset(get_args(FigureKind))
_MOST_CLAIMS = 8  # of one sentence


def claims_of(answer: str) -> list[Any]:
    """The list of claims in an answer, which may stand in a code fence.

    Raises:
        RejectedReport: the answer is not one JSON object with a list of claims.
    """
    fenced = _FENCE.fullmatch(answer)
    try:
        whole = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        raise RejectedReport("failed", f"the language model's answer is no JSON: {answer[:80]!r}") from None
    claims = whole.get("claims") if isinstance(whole, dict) else None
    if not isinstance(claims, list):
        raise RejectedReport("failed", "the language model's answer has no list of claims")
    return claims


@dataclass
class Checker:
    """Turns answers about one report into drafts.

    ``asked`` are the numbers of the sentences that the question showed; ``refused`` counts what was refused, by reason.
    """

    sentences: Mapping[int, Sentence]
    text: str
    codebook: Codebook
    times: Mapping[int, Sequence[TimeMention]]
    refused: Counter[str]

    def draft(self, raw: Any, asked: frozenset[int], taken: Counter[int]) -> Draft | None:
        """The draft of a claim; None if the claim as a whole is refused."""
        s = self._sentence(raw, asked)
        trigger = self._find(s, raw.get("trigger")) if s else None
        if s is None or trigger is None or (why := self._fault(raw, taken[s.index])):
            self._refuse(
                why if s and trigger else "trigger is not in its sentence" if s else "claim of no sentence shown"
            )
            return None
        taken[s.index] += 1
        sources = self._mentions(s, raw, "sources")
        said = [
            Attribution(speakers=tuple(sources), verb="", stance="reports", sentence=s.index, first=0, last=len(s) - 1)
        ]
        return Draft(
            type=str(raw["type"]),
            trigger=trigger,
            agents=self._mentions(s, raw, "agents"),
            targets=self._mentions(s, raw, "targets"),
            figures=self._figures(s, raw.get("figures")),
            anchors=[trigger.head],
            time=self._time(s, raw.get("time")),
            modality=cast(Modality, raw["modality"]),
            attributions=said if sources else [],
            background=raw.get("background") is True,
            quoted=bool(s.quoted[trigger.head]),
            pattern="llm",
        )

    def _refuse(self, why: str) -> None:
        self.refused[why] += 1

    def _sentence(self, raw: Any, asked: frozenset[int]) -> Sentence | None:
        """The sentence that a claim is of, if it was shown."""
        number = raw.get("sentence") if isinstance(raw, dict) else None
        return self.sentences.get(number) if type(number) is int and number in asked else None

    def _fault(self, raw: Mapping[str, Any], already: int) -> str:
        """What is wrong with a claim as a whole, besides its sentence and trigger; "" if nothing."""
        if not isinstance(raw.get("type"), str) or raw["type"] not in self.codebook.types:
            return "type is not in the codebook"
        if not isinstance(raw.get("modality"), str) or raw["modality"] not in _MODALITIES:
            return "modality is none"
        return f"more than {_MOST_CLAIMS} claims of one sentence" if already >= _MOST_CLAIMS else ""

    # ----------------------------------------------------------------------------------------------- words

    def _find(self, s: Sentence, words: Any) -> Mention | None:
        """Where words stand in a sentence, letter by letter and from token to token; None if nowhere."""
        if not isinstance(words, str) or not words.strip():
            return None
        words = words.strip()
        starts = {at: i for i, at in reversed(list(enumerate(s.starts)))}
        ends = {at: i for i, at in enumerate(s.ends) if s.starts[i] < at}
        at = self.text.find(words, s.start, s.end)
        while at >= 0:
            first, last = starts.get(at), ends.get(at + len(words))
            if first is not None and last is not None and first <= last:
                return Mention(s.index, first, last, _head(s, first, last))
            at = self.text.find(words, at + 1, s.end)
        return None

    def _mentions(self, s: Sentence, raw: Mapping[str, Any], field: str) -> list[Mention]:
        listed = raw.get(field)
        found: dict[Mention, None] = {}
        for words in listed if isinstance(listed, list) else [] if listed is None else [listed]:
            mention = self._find(s, words)
            if mention is None:
                self._refuse(f"{field[:-1]} is not in its sentence")
            else:
                found[mention] = None
        return list(found)

    def _time(self, s: Sentence, words: Any) -> TimeMention | None:
        """The expression of time that the words are, as the program itself reads it."""
        if words is None or words == "":
            return None
        mention = self._find(s, words)
        near = [t for t in self.times.get(s.index, ()) if mention and _overlap(t.mention, mention)]
        if mention is None or not near:
            self._refuse("time is none that can be read" if mention else "time is not in its sentence")
            return None
        return max(near, key=lambda t: (_overlap(t.mention, mention), -(t.mention.last - t.mention.first)))

    def _figures(self, s: Sentence, raw: Any) -> list[tuple[FigureKind, Quantity]]:
        """Figures whose words hold a number, as the program itself reads it."""
        out: dict[Mention, tuple[FigureKind, Quantity]] = {}
        known = find_quantities(s, self.text) if raw else []
        for item in raw if isinstance(raw, list) else []:
            kind, words = (item.get("kind"), item.get("text")) if isinstance(item, dict) else (None, None)
            mention = self._find(s, words)
            near = [q for q in known if mention and _overlap(q.mention, mention)]
            if mention is None:
                self._refuse("figure is not in its sentence")
            elif not isinstance(kind, str) or kind not in _KINDS:
                self._refuse("kind of figure is none")
            elif not near:
                self._refuse("figure is no number")
            else:
                best = max(near, key=lambda q: _overlap(q.mention, mention))
                out.setdefault(best.mention, (cast(FigureKind, kind), best))
        return list(out.values())


def _head(s: Sentence, first: int, last: int) -> int:
    """The token of a run on which the others hang."""
    inside = range(first, last + 1)
    return next((i for i in inside if s.heads[i] not in inside or s.heads[i] == i), last)


def _overlap(a: Mention, b: Mention) -> int:
    """Tokens that two mentions of one sentence share."""
    return max(0, min(a.last, b.last) - max(a.first, b.first) + 1)

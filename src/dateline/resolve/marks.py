"""The rare words of a report's title and of what it tells, by which reports of one happening know one another.

A street, a school, a weapon, a victim's name: whatever few reports say.  Each is kept as a digest with its weight,
which grows with how rare the word is and how often the report says it; the squares of a report's weights sum to at
most 1, so that the product of two reports' marks is the cosine of the angle between them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log, sqrt
from typing import Any

from dateline.codebook.lexicon import DATA, lexicon
from dateline.errors import CodebookError
from dateline.gazetteer.cues import cues
from dateline.gazetteer.normalise import fold
from dateline.types import Claim, Report, Sentence

Told = Sequence[tuple[str, bool]]
"""Words with whether they begin with a capital that says something."""


def marks(
    report: Report, sentences: Sequence[Sentence], claims: Sequence[Claim], known: Callable[[str], float]
) -> tuple[str, ...]:
    """A report's marks, the weightiest first: six hexadecimal digits of a digest, two of a weight (of 255).

    Args:
        sentences: the report's.
        claims: what it tells, in order.
        known: what share of its weight a word (in lower case) keeps: 0 for a side's name, less than 1 for a place's.
    """
    r = _rules()
    counts: Counter[str] = Counter()
    capital: set[str] = set()
    for told in (_title(report), *_sentences(sentences, claims, r.sentences)):
        for word, high in told:
            counts[word] += 1
            if high:
                capital.add(word)
    host = re.sub(r"\W", "", f"{_host(report.url)}{report.outlet}".lower())
    weights: dict[str, float] = {}
    for word, n in counts.items():
        rare = _rare(word) * known(word)
        if rare > 0 and word not in host:
            weights[word] = (1 + log(n)) * rare * (1.0 if word in capital or word.isdigit() else r.lower)
    length = sqrt(sum(w * w for w in weights.values()))
    best = sorted(weights, key=lambda w: (-weights[w], w))[: r.most]
    return tuple(f"{_digest(w)}{round(255 * weights[w] / length):02x}" for w in best)


def _sentences(sentences: Sequence[Sentence], claims: Sequence[Claim], most: int) -> list[Told]:
    """The words of the first sentences that hold claims, without their first word's capital."""
    starts = list(dict.fromkeys(c.sentence.start for c in claims))[:most]
    held = {s.start: s for s in sentences}
    return [
        [(w, i > 0 and t[:1].isupper()) for i, t in enumerate(s.words) for w in _words(t)]
        for start in starts
        if start is not None and (s := held.get(start))
    ]


_TAIL = re.compile(r"\s+(?:[-\u2013\u2014|«»·•]|::)\s+[^|«»·•]{2,60}$")


def _title(report: Report) -> Told:
    """A title's words, without the outlet's name after it; in a title every word may have a capital."""
    title = report.title
    for _ in range(2):
        cut = _TAIL.sub("", title)
        if len(cut.split()) >= 3:
            title = cut
    return [(w, False) for t in title.split() for w in _words(t)]


_WORD = re.compile(r"[a-z]{2,}|\d{3,}")


def _words(token: str) -> list[str]:
    return _WORD.findall(_plain(token))


@lru_cache(maxsize=1 << 14)
def _plain(token: str) -> str:
    """Folded, without an owner's ending."""
    lower = re.sub(r"['\u2019]s?$", "", token.lower())
    return re.sub(r"['\u2019]", "", lower) if lower.isascii() else " ".join(fold(p) for p in lower.split("-"))


def _host(url: str) -> str:
    """The host of an address; of an archived one, that of what was archived."""
    return url[url.rfind("://") + 3 :].partition("/")[0] if "://" in url else ""


@lru_cache(maxsize=1 << 15)
def _digest(word: str) -> str:
    return hashlib.blake2b(word.encode(), digest_size=3).hexdigest()


# --------------------------------------------------------------------------------------------------- how rare


@dataclass(frozen=True, slots=True)
class _Rules:
    """What ``lexicon/marks.yaml`` says."""

    most: int
    sentences: int
    common: float
    rare: float
    given_name: float
    surname: float
    number: float
    lower: float
    known: float
    stage: float
    usual: frozenset[str]
    staged: frozenset[str]


def share_of_known() -> float:
    """What share of its weight a word of a well-known place's name keeps."""
    return _rules().known


@cache
def _rules() -> _Rules:
    raw: dict[str, Any] = dict(lexicon("marks"))
    usual = frozenset(map(str, raw.pop("usual")))
    triage = lexicon("triage")
    staged = frozenset(map(str, (*triage["stage"], *triage["hints"], *triage["everyday"])))
    try:
        return _Rules(usual=usual, staged=staged, **raw)
    except TypeError as e:
        raise CodebookError(str(e), path=str(DATA / "lexicon" / "marks.yaml")) from None


@lru_cache(maxsize=1 << 15)
def _rare(word: str) -> float:
    """How much rarer than a common word; 0 for one that says nothing."""
    r = _rules()
    if word in r.usual:
        return 0.0
    if word.isdigit():
        return r.number - r.common if len(word) > 2 and not re.fullmatch(r"(?:19|20)\d\d", word) else 0.0
    rare = _frequency().get(word, r.rare)
    if word in cues().given_names:
        rare = min(rare, r.given_name)
    if word in cues().surnames:
        rare = min(rare, r.surname)
    stage = r.stage if word in r.staged or word.removesuffix("s") in r.staged else 1.0
    return max(0.0, (rare - r.common) * stage)


@cache
def _frequency() -> dict[str, float]:
    """Minus the logarithm of each common word's share of all words."""
    path = DATA / "lexicon" / "word_frequency.tsv"
    out: dict[str, float] = {}
    for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        share, _, listed = line.partition("\t")
        try:
            out.update(dict.fromkeys(listed.split(), float(share)))
        except ValueError:
            raise CodebookError(f"{share!r} is no number", path=str(path), line=n) from None
    return out

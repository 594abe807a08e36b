"""Places: which a report names, and which place each name means.

The parser's own reading is evidence only: the gazetteer, and the words around a name, may overrule it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.gazetteer import Entry, Gazetteer
from dateline.gazetteer.building import distance_km
from dateline.gazetteer.cues import cues
from dateline.resolve.place_find import MAYBE, SURE, find
from dateline.resolve.place_scan import Found
from dateline.resolve.place_score import resolve
from dateline.resolve.place_types import Candidate, PlaceMention
from dateline.types import Report, Sentence


def find_places(
    report: Report, sentences: Sequence[Sentence], gazetteer: Gazetteer, home: str = ""
) -> list[PlaceMention]:
    """Every place that the report names, in order of the text, each resolved with the others in view.

    Args:
        report: for its text; offsets are into it.
        sentences: the report parsed; ``ents`` may be empty.
        gazetteer: where places are looked up.
        home: ISO 3166-1 alpha-3 of the outlet's country, weak evidence; "" if unknown.
    """
    found = [f for f in find(sentences, gazetteer, cues()) if f.sure >= MAYBE]
    sure = [f for f in found if f.sure >= SURE]
    shares = resolve(sure, sentences, gazetteer, home)
    doubtful = [f for f in found if f.sure < SURE]
    if doubtful:
        chosen = [shares[id(f)][0][0] for f in sure if id(f) in shares]
        more = [f for f in doubtful if _borne_out(f, chosen)]
        if more:
            sure = sorted(sure + more, key=lambda f: (f.sentence.index, f.first))
            shares = resolve(sure, sentences, gazetteer, home)
    return [_mention(f, report.text, shares) for f in sure]


def _borne_out(f: Found, chosen: Sequence[Entry]) -> bool:
    """Whether the report's other places make a doubtful name likely to be one."""
    best = 0.0
    for e in f.entries[:40]:
        for o in chosen:
            if o.id == e.id:
                return True
            if o.country != e.country or not e.country:
                continue
            gain = 0.2
            if not o.feature.startswith("A.PCL"):
                if distance_km(e.lat, e.lon, o.lat, o.lon) < 120:
                    gain = 0.7
                elif e.admin1 and e.admin1 == o.admin1:
                    gain = 0.5
            best = max(best, gain)
    return f.sure + best >= SURE


def _mention(f: Found, text: str, shares: dict[int, tuple[tuple[Entry, float], ...]]) -> PlaceMention:
    s = f.sentence
    start = s.starts[f.first]
    end = start + f.cut if f.cut else s.ends[f.last]
    return PlaceMention(
        sentence=s.index,
        first=f.first,
        last=f.last,
        text=text[start:end],
        start=start,
        end=end,
        kinds=f.kinds,
        as_actor=f.as_actor,
        candidates=tuple(Candidate(e, v) for e, v in shares.get(id(f), ())),
    )

"""Near-duplicates by MinHash: one wire story on forty sites is forty publications of one report.

A report's signature is made where it is coded; the signatures meet when the shards are joined.  Two reports
are one if about four fifths of their runs of four words are the same (Broder 1997; banding after Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).  The first in the order of the input stands for
the others, so the same input always gives the same groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from rensa import RMinHash

HASHES = 64
"""Hashes of a signature."""
SIGNATURE_BYTES = 4 * HASHES
SAME = 0.8
"""Share of the hashes that must agree."""

_BANDS = 16  # of four hashes: two reports that are alike to 0.8 share one with a probability of 0.9998
_RUN = 4  # words
_LEAST = 12  # words; a shorter report is compared whole
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """A report's signature, SIGNATURE_BYTES long; case, punctuation and white space do not count."""
    words = _WORD.findall(text.lower())
    runs = [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)] if len(words) >= _LEAST else []
    hashes = RMinHash(num_perm=HASHES, seed=1)
    hashes.update(runs or [" ".join(words)])
    return np.array(hashes.digest(), dtype="<u4").tobytes()


def groups(signatures: Iterable[bytes]) -> list[int]:
    """For each signature, the position of the first that it is alike to: its own where it is the first.

    A report joins the group of the earliest report that it shares a band with and is alike to; groups do not
    chain, so that stories that change little by little do not all become one.
    """
    table = np.frombuffer(b"".join(signatures), dtype="<u4").reshape(-1, HASHES)
    rows = HASHES // _BANDS
    heads: dict[tuple[int, bytes], list[int]] = {}
    out: list[int] = []
    for n, row in enumerate(table):
        keys = [(b, row[b * rows : (b + 1) * rows].tobytes()) for b in range(_BANDS)]
        near = sorted({h for key in keys for h in heads.get(key, ())})
        head = next((h for h in near if _alike(table[h], row)), n)
        out.append(head)
        if head == n:
            for key in keys:
                heads.setdefault(key, []).append(n)
    return out


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    return float((a == b).mean()) >= SAME


def texts(reports: Sequence[str]) -> list[int]:
    """The groups of some texts."""
    return groups(map(signature, reports))

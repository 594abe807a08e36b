"""What a reviewer decided: these claims tell of one happening, or those do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Links:
    """Decisions about claims, by their ids.

    ``must``: each a set of claims of one happening.  ``cannot``: each two sets, no claim of the one is of a happening
    with a claim of the other.  Where both are said of two claims, they are kept apart.
    """

    must: tuple[frozenset[str], ...] = ()
    cannot: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    _sides: dict[str, frozenset[tuple[int, int]]] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        sides: dict[str, set[tuple[int, int]]] = {}
        for n, (one, other) in enumerate(self.cannot):
            for claim in one:
                sides.setdefault(claim, set()).add((n, 0))
            for claim in other:
                sides.setdefault(claim, set()).add((n, 1))
        object.__setattr__(self, "_sides", {c: frozenset(s) for c, s in sides.items()})

    def apart(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether some claim of ``a`` must be kept from some claim of ``b``."""
        if not self._sides:
            return False
        left = {s for c in a for s in self._sides.get(c, ())}
        return any((n, 1 - k) in left for c in b for n, k in self._sides.get(c, ()))

    def claims(self) -> frozenset[str]:
        """Every claim that some decision is about."""
        return frozenset().union(*self.must, self._sides)

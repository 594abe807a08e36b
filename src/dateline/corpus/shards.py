"""A stream of items cut into shards: the unit that is coded, kept and, after a crash, not coded again."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from dateline.read.files import shown
from dateline.read.items import Item

ITEMS = 128
"""Items of a shard at most."""
BYTES = 1_000_000
"""Bytes of text in a shard at most, unless a single item is longer."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Consecutive items of the input; ``digest`` changes where any of them does."""

    number: int
    items: tuple[Item, ...]
    digest: str


def shards(items: Iterable[Item], most: int = ITEMS) -> Iterator[Shard]:
    """Cut items into shards.  The same items are always cut at the same places."""
    number, size, held = 0, 0, list[Item]()
    for item in items:
        if held and (len(held) >= most or size + item.size > BYTES):
            yield Shard(number, tuple(held), digest(held))
            number, size, held = number + 1, 0, []
        held.append(item)
        size += item.size
    if held:
        yield Shard(number, tuple(held), digest(held))


def digest(items: Iterable[Item]) -> str:
    """A fingerprint of items: of their bytes, or of the size and time of the files that hold them."""
    h = blake2b(digest_size=16)
    for i in items:
        stamp = (i.size, i.changed) if i.path else (0, 0)
        head = (i.kind, i.origin, i.name, shown(i.path), i.part, sorted(i.known.items()), stamp, len(i.data))
        h.update(repr(head).encode("utf-8", "surrogatepass"))
        h.update(i.data)
    return h.hexdigest()


def pack(shard: Shard) -> bytes:
    """A shard as bytes, for another process of the same program."""
    return pickle.dumps(shard, protocol=5)


def unpack(data: bytes) -> Shard:
    found = pickle.loads(data)
    assert isinstance(found, Shard)
    return found

"""Answers that take long, kept until the store changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 32


class Cache:
    """Values by key and the store's state.  Safe for threads; a value is made once, whoever else asks waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._values: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def get(self, key: Hashable, seq: int, make: Callable[[], T]) -> T:
        """The value of a key at a state of the store; ``make`` gives it where there is none."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                known = self._values.get(key)
                if known is not None and known[0] == seq:
                    self._values.move_to_end(key)
                    value: T = known[1]
                    return value
            value = make()
            with self._lock:
                self._values[key] = (seq, value)
                while len(self._values) > _MOST:
                    self._making.pop(self._values.popitem(last=False)[0], None)
            return value

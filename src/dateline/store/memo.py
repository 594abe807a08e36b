"""What was worked out for one question, kept for the next: the values used last, as many as there is room for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Values by key.  Safe for threads; two that ask for the same at once may both work it out.

    Args:
        most: the room that there is.
        weigh: how much of it a value takes; 1 if None.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int] | None = None) -> None:
        self._most = most
        self._weigh = weigh or (lambda _: 1)
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key; ``make`` gives it where there is none."""
        found = self.known(key)
        if found is None:
            found = make()
            self.keep(key, found)
        value: T = found
        return value

    def known(self, key: Hashable) -> Any:
        """The value of a key, None where there is none."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[1]

    def keep(self, key: Hashable, value: Any) -> None:
        weight = self._weigh(value)
        with self._lock:
            old = self._values.pop(key, (0, None))[0]
            self._values[key] = (weight, value)
            self._weight += weight - old
            while self._weight > self._most and len(self._values) > 1:
                self._weight -= self._values.popitem(last=False)[1][0]

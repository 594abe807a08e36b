"""How often someone may try to log in: failures within some minutes, by user and by address."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict, deque

WINDOW = 15 * 60.0  # seconds that a failure counts for
BY_USER = 10  # failures after which a user's log-in waits
BY_ADDRESS = 30
_MOST = 10_000  # names and addresses remembered; the oldest are forgotten first


def where_from(address: str) -> str:
    """What tries are counted by: an IPv4 address, or the network that one IPv6 customer has (/64)."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))


class Tries:
    """Failed log-ins.  Safe for threads; each call costs the same however many were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failed: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def wait(self, user: str, address: str, now: float) -> float:
        """Seconds until the next try is let in; 0 where it is now."""
        with self._lock:
            return max(self._left(("user", user), BY_USER, now), self._left(("address", address), BY_ADDRESS, now))

    def failed(self, user: str, address: str, now: float) -> None:
        with self._lock:
            for key, most in ((("user", user), BY_USER), (("address", address), BY_ADDRESS)):
                times = self._failed.setdefault(key, deque(maxlen=most))
                times.append(now)
                self._failed.move_to_end(key)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def passed(self, user: str) -> None:
        """Forget a user's failures after a right password."""
        with self._lock:
            self._failed.pop(("user", user), None)

    def _left(self, key: tuple[str, str], most: int, now: float) -> float:
        times = self._failed.get(key)
        if times is None or len(times) < most:
            return 0.0
        return max(0.0, times[0] + WINDOW - now)

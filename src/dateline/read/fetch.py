"""Fetching from the web with care: slowly, within bounds, and never from inside one's own network.

Every name is resolved once, every address that it has is checked, and the connection goes to the address that
was checked, so that a name that changes its address between the check and the connection gains nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dateline.errors import ReadError

AGENT = "dateline"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512_000
_ROBOTS_DAY = 86_400.0  # seconds that a host's robots.txt is kept
_CHUNK = 16_384
_MOST_DELAY = 60.0  # seconds; a robots.txt that asks for more is answered with this


class FetchError(ReadError):
    """A page cannot be had: refused, too large, too slow, not there.  ``path`` is its URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is put up with.

    ``size`` bytes of an answer unpacked, ``ratio`` bytes unpacked a packed one, ``seconds`` for one answer with
    all of its redirects, ``delay`` seconds between two requests to a host; ``private`` allows addresses that are
    not of the public network, ``robots`` heeds robots.txt.
    """

    size: int = 10_000_000
    ratio: int = 100
    seconds: float = 30.0
    redirects: int = 5
    delay: float = 1.0
    private: bool = False
    robots: bool = True
    agent: str = f"{AGENT}/{version('dateline')}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: ``status`` 200, or 304 where what one has is still right; ``data`` unpacked."""

    url: str
    status: int
    data: bytes = b""
    kind: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class _Host:
    free: float = 0.0  # when the next request may go
    robots: RobotFileParser | None = None
    until: float = 0.0


@dataclass(slots=True)
class Fetcher:
    """Fetches, remembering when each host was asked last and what its robots.txt says.

    ``resolve``, ``now`` and ``sleep`` are the machine's own; tests give others.
    """

    limits: Limits = field(default_factory=Limits)
    resolve: Callable[[str, int], list[str]] = field(default=lambda host, port: addresses(host, port))
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, url: str, etag: str = "", modified: str = "") -> Answer:
        """What stands at a URL.

        Args:
            url: an http or https URL.
            etag, modified: what an earlier answer carried; if nothing has changed, status 304 comes back.

        Raises:
            FetchError: it cannot be had, or must not be.
        """
        end = self.now() + self.limits.seconds
        at = url
        for _ in range(self.limits.redirects + 1):
            _check(at)
            if self.limits.robots and not self._allowed(at):
                raise FetchError("robots.txt does not allow it", path=at)
            end += self._wait(at)
            headers = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
            found = self._ask(at, headers, self.limits.size, end)
            if isinstance(found, Answer):
                return found
            at = urljoin(at, found)
        raise FetchError(f"more than {self.limits.redirects} redirects", path=url)

    # ------------------------------------------------------------------------------------------- manners

    def _wait(self, url: str) -> float:
        """Wait until the host may be asked again; how long that took, in seconds."""
        host = self._hosts.setdefault(_host(url), _Host())
        delay = self.limits.delay
        if host.robots and (asked := host.robots.crawl_delay(self.limits.agent)):
            delay = max(delay, min(float(asked), _MOST_DELAY))
        waits = max(0.0, host.free - self.now())
        if waits:
            self.sleep(waits)
        host.free = self.now() + delay
        return waits

    def _allowed(self, url: str) -> bool:
        host = self._hosts.setdefault(_host(url), _Host())
        if host.robots is None or self.now() > host.until:
            host.robots = self._robots(url)
            host.until = self.now() + _ROBOTS_DAY
        return host.robots.can_fetch(self.limits.agent, url)

    def _robots(self, url: str) -> RobotFileParser:
        """A host's rules: none where it has no robots.txt, nothing allowed where the host cannot say."""
        parts = urlsplit(url)
        at = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        rules = RobotFileParser(at)
        for _ in range(self.limits.redirects + 1):
            try:
                self._wait(at)
                found = self._ask(at, {}, _ROBOTS_BYTES, self.now() + self.limits.seconds)
            except FetchError as e:
                lines = [] if e.field == "4xx" else ["User-agent: *", "Disallow: /"]
                if e.field not in {"4xx", "5xx"}:
                    raise
                rules.parse(lines)
                return rules
            if isinstance(found, Answer):
                rules.parse(found.data.decode("utf-8", "replace").splitlines())
                return rules
            at = urljoin(at, found)
            _check(at)
        raise FetchError("robots.txt redirects without end", path=url)

    # ------------------------------------------------------------------------------------------- one request

    def _ask(self, url: str, headers: Mapping[str, str], size: int, end: float) -> Answer | str:
        """One request: its answer, or where it sends one."""
        connection = self._connect(url, end)
        parts = urlsplit(url)
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        try:
            connection.request(
                "GET",
                _ascii(path),
                headers={"User-Agent": self.limits.agent, "Accept-Encoding": "gzip, deflate", **headers},
            )
            answer = connection.getresponse()
            if answer.status in _REDIRECTS and (to := answer.getheader("Location")):
                return to
            if answer.status == 304:
                return Answer(url, 304)
            if answer.status != 200:
                raise FetchError(f"status {answer.status} {answer.reason}", path=url, field=f"{answer.status // 100}xx")
            data = self._body(connection, answer, url, size, end)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as e:
            raise FetchError(str(e) or type(e).__name__, path=url) from None
        finally:
            connection.close()
        kind = answer.getheader("Content-Type") or ""
        return Answer(
            url, 200, data, kind.partition(";")[0].strip().lower(), answer.headers.get_content_charset() or "",
            answer.getheader("ETag") or "", answer.getheader("Last-Modified") or "",
        )  # fmt: skip

    def _connect(self, url: str, end: float) -> http.client.HTTPConnection:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        try:
            port = parts.port or (443 if secure else 80)
            found = self.resolve(host, port)
        except (OSError, ValueError, UnicodeError) as e:
            raise FetchError(f"cannot be resolved: {e}", path=url) from None
        if not self.limits.private and (inside := [a for a in found if not is_public(a)]):
            raise FetchError(f"{host} is {inside[0]}, which is not of the public network", path=url)
        left = end - self.now()
        if left <= 0:
            raise FetchError(f"took more than {self.limits.seconds:g} s", path=url)
        for n, address in enumerate(found):
            try:
                return _Pinned(host, port, address, secure, left)
            except OSError as e:
                if n + 1 == len(found):
                    raise FetchError(f"cannot be reached: {e}", path=url) from None
        raise FetchError("has no address", path=url)

    def _body(
        self, connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, url: str, size: int, end: float
    ) -> bytes:
        promised = answer.getheader("Content-Length")
        packing = (answer.getheader("Content-Encoding") or "").lower()
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packing in {"gzip", "x-gzip", "deflate"} else None
        if packing and packing != "identity" and unpack is None:
            raise FetchError(f"packed in a way not asked for ({packing})", path=url)
        out, received = bytearray(), 0
        while True:
            left = end - self.now()
            if left <= 0:
                raise FetchError(f"took more than {self.limits.seconds:g} s", path=url)
            if connection.sock is not None:
                connection.sock.settimeout(left)
            piece = answer.read1(_CHUNK)
            if not piece:
                break
            received += len(piece)
            out += _unpack(unpack, piece, size - len(out) + 1) if unpack else piece
            if len(out) > size or received > size:
                raise FetchError(f"more than {size:,} bytes", path=url)
            if unpack and len(out) > self.limits.ratio * received and len(out) > 1_000_000:
                raise FetchError(f"unpacks to more than {self.limits.ratio} times its size", path=url)
        if promised and promised.isdigit() and received < int(promised):
            raise FetchError(f"breaks off after {received:,} of {int(promised):,} bytes", path=url)
        if unpack and not unpack.eof:
            raise FetchError("breaks off inside its packing", path=url)
        return bytes(out)


def _unpack(unpack: zlib._Decompress, piece: bytes, most: int) -> bytes:
    try:
        return unpack.decompress(piece, max(1, most))
    except zlib.error as e:
        raise ValueError(f"damaged packing: {e}") from None


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name that it was asked for."""

    def __init__(self, host: str, port: int, address: str, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        plain = socket.create_connection((address, port), timeout)
        if not secure:
            self.sock = plain
            return
        self.default_port = 443
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except (OSError, ValueError):
            plain.close()
            raise


def addresses(host: str, port: int) -> list[str]:
    """Every address of a host.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def is_public(address: str) -> bool:
    """Whether an address is of the public network: neither private, loopback, link-local, shared nor reserved."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.ip_network("64:ff9b::/96") else None


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError("only http and https URLs are fetched", path=url)
    if parts.username or parts.password:
        raise FetchError("URLs with a name and password are not fetched", path=url)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _ascii(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/%?&=+,;:@!$'()*~#[]-._")

"""Where a page of a list goes on: the last item of the page before, by what it was sorted by."""

from __future__ import annotations

import base64
import binascii
import re

from dateline.errors import UsageError


def write_cursor(*parts: str | int) -> str:
    return base64.urlsafe_b64encode("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).decode().rstrip("=")


def read_cursor(cursor: str, sort: str) -> tuple[int, str]:
    """The key and the id of a cursor.

    Raises:
        UsageError: it is none of this order.
    """
    key, id = read_parts(cursor, sort, 2)
    if not re.fullmatch(r"-?\d{1,18}", key, re.ASCII):
        raise UsageError("is none that was given out", field="cursor")
    return int(key), id


def read_parts(cursor: str, order: str, count: int) -> list[str]:
    """What a cursor was written from, without the order that stands first.

    Raises:
        UsageError: it is none of this order and of so many parts.
    """
    try:
        first, *parts = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("\x1f")
    except (ValueError, binascii.Error):
        raise UsageError("is none that was given out", field="cursor") from None
    if first != order or len(parts) != count or "\0" in "".join(parts):
        raise UsageError(f"is none of the order {order}", field="cursor")
    return parts

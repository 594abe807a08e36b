"""Words to what holds them: SQLite's FTS5, PostgreSQL's tsvector.  All words are wanted; the last may be unfinished."""

from __future__ import annotations

import re
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
Where = Literal["cards", "papers"]


def words_of(q: str) -> list[str]:
    """The words that are looked for."""
    return [w.lower() for w in _WORD.findall(q.replace("\x00", " "))][:_MOST_WORDS]


def matching(q: str, names: bool, dialect: str, table: Where) -> tuple[str, dict[str, Any]] | None:
    """A condition on ``number`` as SQL with its parameters; None where nothing is looked for.

    Args:
        names: whether what is withheld is searched too.
    """
    words = words_of(q)
    if not words:
        return None
    if dialect == "sqlite":
        asked = " AND ".join(f'"{w}"' for w in words[:-1]) + (" AND " if words[1:] else "") + f'"{words[-1]}"*'
        asked = asked if names else f"{{words}} : ({asked})"
        return f"number IN (SELECT rowid FROM {table}_found WHERE {table}_found MATCH :asked)", {"asked": asked}
    columns = ("found_words", "found_names") if names else ("found_words",)
    each = [
        "(" + " OR ".join(f"{c} @@ to_tsquery('english', :asked{n})" for c in columns) + ")" for n in range(len(words))
    ]
    last = len(words) - 1
    return " AND ".join(each), {f"asked{n}": f"'{w}'" + (":*" if n == last else "") for n, w in enumerate(words)}


def found(connection: Connection, q: str, names: bool) -> NDArray[np.int64]:
    """The numbers of the cards (events) that hold all words of ``q``, in no order."""
    condition = matching(q, names, connection.dialect.name, "cards")
    if condition is None:
        return np.empty(0, np.int64)
    where, parameters = condition
    if connection.dialect.name == "sqlite":
        inner = where.partition("(SELECT rowid")[2].rpartition(")")[0]
        query = f"SELECT group_concat(rowid) {inner}"
    else:
        query = f"SELECT string_agg(number::text, ',') FROM cards WHERE {where}"
    joined = connection.execute(text(query), parameters).scalar()
    return np.fromstring(joined, np.int64, sep=",") if joined else np.empty(0, np.int64)

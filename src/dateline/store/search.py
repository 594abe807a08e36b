"""Words to what holds them: SQLite's FTS5, PostgreSQL's tsvector.  All words are wanted; the last may be unfinished."""

from __future__ import annotations

import re
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from dateline.store.memo import Memo

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_ROOM = 32_000_000  # bytes of words that are known; one of a store of a million claims takes 20,000
Where = Literal["cards", "papers"]


def words_of(q: str) -> list[str]:
    """The words that are looked for."""
    return [w.lower() for w in _WORD.findall(q.replace("\x00", " "))][:_MOST_WORDS]


class Search:
    """Finds rows of a table by words, and remembers for each word which rows hold it.

    A row that changes gets a new number and an old number is never given again, so that of a known word only the rows
    behind those that were looked at need be asked for.  Numbers of rows that are gone may be found too.  Safe for
    threads.
    """

    def __init__(self, table: Where) -> None:
        self._table = table
        self._words = Memo(_ROOM, lambda known: 200 + known[1].nbytes)

    def found(self, connection: Connection, q: str, names: bool) -> NDArray[np.bool_] | None:
        """Which numbers hold all words of ``q``; None where nothing is looked for.

        Args:
            names: whether what is withheld is searched too.
        """
        words = words_of(q)
        newest = int(connection.exec_driver_sql(f"SELECT max(number) FROM {self._table}").scalar() or 0)
        found: NDArray[np.uint8] | None = None
        for n, word in enumerate(words):
            bits = self._bits(connection, word, n == len(words) - 1, names, newest)
            size = min(len(bits), len(bits if found is None else found))
            found = bits if found is None else found[:size] & bits[:size]
            if not found.any():
                break
        return None if found is None else np.unpackbits(found, bitorder="little").view(np.bool_)

    def _bits(self, connection: Connection, word: str, unfinished: bool, names: bool, newest: int) -> NDArray[np.uint8]:
        """A bit for each number, set where the row holds a word; of numbers behind the last, none."""
        key = (word, unfinished, names)
        upto, bits = self._words.known(key) or (0, np.zeros(0, np.uint8))
        if upto < newest:
            more = np.zeros(newest + 1, np.bool_)
            more[_numbers(connection, self._table, word, unfinished, names, upto, newest)] = True
            packed = np.packbits(more, bitorder="little")
            packed[: len(bits)] |= bits
            bits = packed
            self._words.keep(key, (newest, bits))
        return bits


def _numbers(
    connection: Connection, table: Where, word: str, unfinished: bool, names: bool, after: int, upto: int
) -> NDArray[np.int64]:
    """The numbers of the rows after one and up to another that hold a word."""
    asked: dict[str, Any] = {"after": after, "upto": upto}
    if connection.dialect.name == "sqlite":
        asked["word"] = ("" if names else "{words} : ") + f'"{word}"' + ("*" if unfinished else "")
        query = (
            f"SELECT group_concat(rowid) FROM {table}_found"
            f" WHERE {table}_found MATCH :word AND rowid > :after AND rowid <= :upto"
        )
    else:
        asked["word"] = f"'{word}'" + (":*" if unfinished else "")
        columns = ("found_words", "found_names") if names else ("found_words",)
        holds = " OR ".join(f"{c} @@ to_tsquery('english', :word)" for c in columns)
        query = (
            f"SELECT string_agg(number::text, ',') FROM {table} WHERE ({holds}) AND number > :after AND number <= :upto"
        )
    joined = connection.execute(text(query), asked).scalar()
    return np.fromstring(joined, np.int64, sep=",") if joined else np.empty(0, np.int64)

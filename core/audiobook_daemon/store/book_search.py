"""Books are searched by the beginnings of words in title, subtitle and authors, in whatever case and with any accents.

In SQLite the words stand in the table `book_words`, those of active books only, in PostgreSQL in an index; the
migration 0007 makes either, and triggers that see to what becomes of a row. New rows are added here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Integer, and_, column, func, literal_column, table
from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.models import BookStatus
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books

Begun: TypeAlias = Mapping[str, Sequence[str]]
"""By beginnings, the words that begin so."""
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_SHORTEST = 3
"""Letters of a beginning; each that has fewer begins thousands of words."""
_FEW = 16
_BEGUN = f"""
WITH RECURSIVE asked(beginning, past) AS (VALUES {{asked}}), begun(beginning, past, word, number) AS (
    SELECT beginning, past, (SELECT term FROM book_terms WHERE term >= beginning AND term < past LIMIT 1), 1 FROM asked
    UNION ALL
    SELECT beginning, past, (SELECT term FROM book_terms WHERE term >= word || char(1) AND term < past LIMIT 1),
        number + 1
    FROM begun WHERE word IS NOT NULL AND number <= {_FEW}
)
SELECT beginning, word FROM begun WHERE word IS NOT NULL
"""  # noqa: S608 - numbers and question marks of our own
"""Goes from word to word; what stands in the way, where each book has its word, is never walked through."""
_LAST_CHARACTER = "\U0010ffff"
_ADD = """
INSERT OR REPLACE INTO book_words (rowid, words)
SELECT id, title || ' ' || coalesce(subtitle, '') || ' '
    || coalesce((SELECT group_concat(value, ' ') FROM json_each(authors)), '')
FROM books
"""
_found = table("book_words", column("rowid", Integer), column("book_words"))
_signs = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
_text = "books.title || ' ' || coalesce(books.subtitle, '') || ' ' || (books.authors #>> '{}')"
_folded = f"normalize(regexp_replace(normalize(lower({_text}), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFC)"
_indexed = f"to_tsvector('simple', translate({_folded}, '{_signs}', '{' ' * 32}'))"
"""What the index of PostgreSQL holds, word for word."""


async def add_words(connection: AsyncConnection, library: str, items: Sequence[str]) -> None:
    """Let the new books of a library be found, some hundreds at most."""
    if items and connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(items))
        await connection.exec_driver_sql(f"{_ADD} WHERE library = ? AND item_id IN ({places})", (library, *items))


async def renew_words(connection: AsyncConnection) -> None:
    """Let all active books be found that are there now, and no others."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("DELETE FROM book_words")
        await connection.exec_driver_sql(f"{_ADD} WHERE status = 'active'")


def begun_words(connection: Connection, text: str) -> Begun:
    """Return for each beginning in a text the words of books that begin so, if these are few."""
    if connection.dialect.name != "sqlite":
        return {}
    # Of three letters there are lists. What has accents is folded by SQLite alone.
    asked = [word for word in _words(text, folded=False) if len(word) > _SHORTEST and word.isascii()]
    if not asked:
        return {}
    statement = _BEGUN.format(asked=", ".join(["(?, ?)"] * len(asked)))
    bound = tuple(value for word in asked for value in (word, word + _LAST_CHARACTER))
    begun = defaultdict[str, list[str]](list)
    for beginning, word in connection.exec_driver_sql(statement, bound):
        begun[beginning].append(word)
    return {beginning: some for beginning, some in begun.items() if len(some) <= _FEW and "".join(some).isascii()}


def searched(
    connections: Connections, text: str, begun: Begun
) -> tuple[ColumnElement[int], ColumnElement[bool]] | None:
    """Return where the ids of active books with all words of a text stand, and the condition; None without any word.

    A word of three letters and more may be a beginning; a shorter one is whole, or an initial. Where the words are
    known that it begins, it is these that are looked for: then SQLite finds one book after the other, but those of a
    beginning all at once before it tells the first.
    """
    found = _words(text, folded=connections.postgres)
    if not found:
        return None
    if connections.postgres:
        asked = " & ".join(f"{word}:*" if _may_begin(word) else word for word in found)
        has_words = literal_column(_indexed).bool_op("@@")(func.to_tsquery("simple", asked))
        return books.c.id, and_(books.c.status == BookStatus.ACTIVE, has_words)
    query = " AND ".join(_phrase(word, begun.get(word, ())) for word in found)
    return _found.c.rowid, _found.c.book_words.bool_op("MATCH")(query)


def _phrase(word: str, begun: Sequence[str]) -> str:
    if begun:
        return "(" + " OR ".join(f'"{one}"' for one in begun) + ")"
    return f'"{word}"*' if _may_begin(word) else f'"{word}"'


def _may_begin(word: str) -> bool:
    return len(word) >= _SHORTEST


def _words(text: str, *, folded: bool) -> list[str]:
    """Divide a text into words; SQLite folds them as it has folded the books', for PostgreSQL that is done here."""
    plain = unicodedata.normalize("NFC", text.lower())
    if folded:
        bare = (one for one in unicodedata.normalize("NFKD", plain) if not "\u0300" <= one <= "\u036f")
        plain = unicodedata.normalize("NFC", "".join(bare))
    return list(dict.fromkeys(_WORD.findall(plain)))[:_MOST_WORDS]

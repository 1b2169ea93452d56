"""Pure: one page of a library's list, which is not decoded while its bytes are what they were."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from audiobook_daemon import HttpAnswer, Unavailable
from audiobook_plugins.audiobookshelf.decoding import decode, read, read_id, read_item
from audiobook_plugins.audiobookshelf.records import Item, Record, Whole

PAGE: Final = 500
"""Items a page; the server gives so many at once without growing."""
_TAIL = 4096
_AFTER_ROWS = re.compile(rb'\]\s*,\s*"total"\s*:\s*(\d{1,18})\s*,')
_NUMBER = re.compile(rb'"page"\s*:\s*(\d{1,18})\s*[,}]')


class _Sound(Record, frozen=True):
    results: list[Item]
    total: Whole


class _Rows(Record, frozen=True):
    results: list[object]
    total: Whole
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """What a page holds; `unsound` rows were left out, of which those with a sound id are named."""

    items: list[Item]
    total: int
    unsound: int = 0
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page as it was sent."""

    answer: HttpAnswer
    number: int

    def mark(self, salt: str) -> str | None:
        """Name the rows, or None if they cannot be told from what follows them, which changes with every new book."""
        if (end := self._end()) is None:
            return None
        digest = hashlib.blake2b(memoryview(self.answer.body)[: end.start()], digest_size=16)
        digest.update(salt.encode("utf-8", "replace"))
        return digest.hexdigest()

    def total(self) -> int | None:
        """Say how many items there are in all, without reading the rows."""
        return None if (end := self._end()) is None else int(end[1])

    def rows(self) -> Rows:
        """Read the rows; raises Unavailable if this is no page, or another one than was asked for."""
        echoed = _NUMBER.search(self.answer.body, self._tail_start())
        if echoed is not None and int(echoed[1]) != self.number:
            raise Unavailable(f"{self.answer.url} sends the same page of the library again and again.")
        try:
            page = decode(self.answer.body, _Sound)
        except (ValueError, RecursionError):
            return self._row_by_row()
        return Rows(page.results, page.total)

    def _row_by_row(self) -> Rows:
        page = read(self.answer, _Rows)
        read_rows = [(row, read_item(row)) for row in page.results]
        items = [item for _, item in read_rows if item is not None]
        named = tuple([name for row, item in read_rows if item is None and (name := read_id(row))])
        return Rows(items, page.total, len(read_rows) - len(items), named)

    def _tail_start(self) -> int:
        return max(0, len(self.answer.body) - _TAIL)

    def _end(self) -> re.Match[bytes] | None:
        """Find where the rows end: no text within them can hold these signs unescaped, so the last find is it."""
        found = list(_AFTER_ROWS.finditer(self.answer.body, self._tail_start()))
        return found[-1] if found else None

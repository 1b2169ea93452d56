"""How this library names its books: the templates of the configuration, ready to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from audiobook_daemon.config.shelving import DEFAULT_FOLDER
from audiobook_daemon.config.templates import Template, fields_of
from audiobook_daemon.models import Book
from audiobook_daemon.shelving.files import Located
from audiobook_daemon.shelving.naming.editions import Edition
from audiobook_daemon.shelving.naming.letters import cut
from audiobook_daemon.shelving.naming.parts import numbered_names, part_names
from audiobook_daemon.shelving.naming.render import render
from audiobook_daemon.shelving.naming.safe import LONGEST, clean, safe_name
from audiobook_daemon.shelving.naming.values import values_of

_DISC = re.compile(r"(?:cd|disc|disk) ?\d{1,3}", re.IGNORECASE)
"""What Audiobookshelf takes for a piece of the book one folder up."""
_MOST_NUMBERED = 99
_SHORTEST = 24
_LONGEST_MARK = 60
_NOTHING_KNOWN = Edition()


@dataclass(frozen=True, slots=True)
class Naming:
    """Names folders and files; lengths are bytes."""

    folders: Template = DEFAULT_FOLDER
    files: Template | None = None
    longest_name: int = LONGEST
    longest_path: int = 1000
    """From the library's folder down to a file."""

    @classmethod
    def default(cls) -> Naming:
        """The naming of a configuration that says nothing of it."""
        return cls()

    def folder(self, book: Book, edition: Edition = _NOTHING_KNOWN, *, mark: str = "") -> PurePosixPath:
        """The folder of a book below the library's root; `mark` is put behind its name to tell editions apart."""
        values = values_of(book, edition)
        mark = cut(clean(mark), 2 * _LONGEST_MARK)
        longest = self.longest_name
        while True:
            *above, leaf = render(self.folders, values, longest, mark)
            leaf = f"_{leaf}" if _DISC.fullmatch(leaf) else leaf
            folder = PurePosixPath(*above, leaf)
            if longest <= _SHORTEST or len(str(folder).encode()) <= self.longest_path - self._longest_file - 1:
                return folder
            longest = max(_SHORTEST, longest - 8)

    def candidates(self, book: Book, edition: Edition = _NOTHING_KNOWN) -> Iterator[PurePosixPath]:
        """Folders for a book, the nicest first: plain, then told apart by narrator, by year and format, by number."""
        plain = self.folder(book, edition)
        yield plain
        written = plain.name.casefold()
        marks = [mark for mark in _marks(edition) if mark.strip("{()}").casefold() not in written]
        for mark in (*marks, *([" ".join(marks)] if len(marks) > 1 else ())):
            yield self.folder(book, edition, mark=mark)
        for number in range(2, _MOST_NUMBERED + 1):
            yield self.folder(book, edition, mark=f"({number})")

    def author(self, book: Book, edition: Edition = _NOTHING_KNOWN) -> str | None:
        """The name of the folder that stands for an author and nothing else; None if the templates have none."""
        for level in self.folders.levels[:-1]:
            if len(level) == 1 and len(level[0]) == 1 and fields_of(level) <= {"author", "authors"}:
                return next(iter(render(Template("", (level,)), values_of(book, edition), self.longest_name)), None)
        return None

    def parts(
        self, audio: Sequence[Located], book: Book | None = None, edition: Edition = _NOTHING_KNOWN
    ) -> tuple[str, ...]:
        """The names of a book's files, given in reading order, which they sort into; no two are equal anywhere."""
        if self.files is None or book is None:
            return part_names(audio, self._longest_file)
        values = values_of(book, edition)
        stems = []
        for place, one in enumerate(audio, start=1):
            own = {"name": clean(PurePosixPath(one.file.path).stem) or f"Part {place}"}
            if len(audio) > 1:
                own["part"] = f"{place:0{len(str(len(audio)))}d}"
            rendered = render(self.files, {**values, **own}, self._longest_file - 16)
            stems.append(safe_name("".join(rendered), f"Part {place}", self._longest_file))
        return numbered_names(audio, stems, self._longest_file)

    @property
    def _longest_file(self) -> int:
        return min(self.longest_name, self.longest_path // 3)


def _marks(edition: Edition) -> Iterator[str]:
    if edition.narrators and clean(edition.narrators[0]):
        yield f"{{{cut(clean(edition.narrators[0]), _LONGEST_MARK)}}}"
    if edition.year:
        yield f"({edition.year})"
    if edition.label:
        yield f"({edition.label})"
    if edition.format:
        yield f"({clean(edition.format)})"


def folder_for(book: Book, *, mark: str | None = None) -> PurePosixPath:
    """The folder of a book by the default naming."""
    return Naming.default().folder(book, mark=mark or "")

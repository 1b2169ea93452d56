"""Finds a book's place among the folders that exist: known authors are met again, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people import same_person, split_people
from audiobook_daemon.models import Book
from audiobook_daemon.shelving.files import is_audio
from audiobook_daemon.shelving.naming.editions import Edition
from audiobook_daemon.shelving.naming.naming import Naming
from audiobook_daemon.shelving.naming.safe import folded

NamesIn: TypeAlias = Callable[[PurePosixPath], Collection[str]]
"""Names what lies in a folder of the library; nothing for a folder that does not exist."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What stands in a library, and which further folders are promised to books on their way (relative to its root)."""

    names_in: NamesIn
    promised: Collection[PurePosixPath] = ()
    _promised: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_promised", frozenset(folded_path(folder) for folder in self.promised))

    def settled(self, folder: PurePosixPath, author: str | None = None) -> PurePosixPath | None:
        """The folder in the spelling of the folders that exist; None if it is taken.

        Equal is what a file system without regard to case calls so. The folder of `author` is also met again under
        another spelling of the same person. A folder that is a book itself is no place for others: the library would
        take all for one, so the others get a folder beside it.
        """
        here = PurePosixPath()
        for part in folder.parts[:-1]:
            known = _known(part, self.names_in(here), person=part == author)
            while here.parts and self._is_book(here / known):
                known = _known(f"{known} (Series)", self.names_in(here), person=False)
            here /= known
        place = here / folder.name
        name, way = folded(folder.name), folded_path(place)
        if any(folded(other) == name for other in self.names_in(here)):
            return None
        return None if any(f"{other}/".startswith(f"{way}/") for other in self._promised) else place

    def _is_book(self, folder: PurePosixPath) -> bool:
        return folded_path(folder) in self._promised or any(is_audio(name) for name in self.names_in(folder))


def free_folder(root: Path, naming: Naming, book: Book, edition: Edition, promised: Iterable[Path] = ()) -> Path | None:
    """The first folder for a book below a library's root that neither exists nor is promised to another book.

    It looks at the disk. None if every name that could be thought of is taken; raises OSError.
    """
    below = [path.relative_to(root) for path in promised if path.is_relative_to(root)]
    shelves = Shelves(_cached(root), [PurePosixPath(path) for path in below])
    author = naming.author(book, edition)
    found = (shelves.settled(candidate, author) for candidate in naming.candidates(book, edition))
    place = next((one for one in found if one is not None), None)
    return root / place if place is not None else None


def loose_audio(root: Path, folder: Path) -> Path | None:
    """An audio file that lies in a folder between the library's and a book's: all below would be one book with it.

    Files in the library's folder itself do no harm. Raises OSError.
    """
    names_in = _cached(root)
    for above in list(PurePosixPath(folder.relative_to(root)).parents)[-2::-1]:
        if found := sorted(name for name in names_in(above) if is_audio(name) and not name.startswith(".")):
            return root / above / found[0]
    return None


def folded_path(path: PurePosixPath) -> str:
    """A path as a file system without regard to case compares it."""
    return "/".join(folded(part) for part in path.parts)


def _known(name: str, names: Collection[str], *, person: bool) -> str:
    if name in names:
        return name
    equal = sorted(other for other in names if folded(other) == folded(name))
    if not equal and person:
        equal = sorted(other for other in names if _same_people(name, other))
    return equal[0] if equal else name


def _same_people(one: str, other: str) -> bool:
    if other.startswith("."):
        return False
    mine, theirs = _people(one), _people(other)
    return len(mine) == len(theirs) and all(
        same_person(left, right) is Likeness.SAME for left, right in zip(mine, theirs, strict=True)
    )


def _people(name: str) -> Sequence[str]:
    return split_people(name) if "&" in name else (name,)


def _cached(root: Path) -> NamesIn:
    seen: dict[PurePosixPath, tuple[str, ...]] = {}

    def names_in(folder: PurePosixPath) -> tuple[str, ...]:
        if folder not in seen:
            try:
                seen[folder] = tuple(entry.name for entry in (root / folder).iterdir())
            except (FileNotFoundError, NotADirectoryError):
                seen[folder] = ()
        return seen[folder]

    return names_in

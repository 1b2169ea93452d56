"""What the stand-in for Open Library knows: authors, works and printed editions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLibraryAuthor:
    """One record of a person; the same person may have several."""

    key: str
    """`OL…A`."""
    name: str
    birth_date: str | None = None
    """As somebody typed it: `15 May 1856`, `1856`."""
    alternate_names: tuple[str, ...] = ()
    moved_to: str | None = None
    """The record it was merged into; it is a redirect then."""


@dataclass(frozen=True, slots=True)
class OpenLibraryPlace:
    """A work's place in a series, for the works that state one."""

    key: str
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLibraryWork:
    """A work. Its description is told as a text or, if `wrapped`, as an object that holds the text."""

    key: str
    """`OL…W`."""
    title: str
    authors: tuple[str, ...] = ()
    subtitle: str | None = None
    year: int | None = None
    description: str | None = None
    wrapped: bool = False
    subjects: tuple[str, ...] = ()
    places: tuple[OpenLibraryPlace, ...] = ()
    cover: int | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLibraryEdition:
    """A printed edition; of recordings hardly anything is known."""

    key: str
    """`OL…M`."""
    work: str
    title: str
    subtitle: str | None = None
    isbn_13: tuple[str, ...] = ()
    isbn_10: tuple[str, ...] = ()
    publisher: str | None = None
    publish_date: str | None = None
    """As it is printed: `July 1998`, `1998`, `c1998`."""
    language: str | None = "eng"
    """ISO 639-2/B."""
    series: tuple[str, ...] = ()
    """As somebody typed it: `Discworld ; 8`."""
    physical_format: str | None = "Paperback"
    pages: int | None = None


@dataclass(slots=True)
class OpenLibraryShelves:
    """Everything."""

    authors: list[OpenLibraryAuthor] = field(default_factory=list)
    works: list[OpenLibraryWork] = field(default_factory=list)
    editions: list[OpenLibraryEdition] = field(default_factory=list)

    def author(self, key: str) -> OpenLibraryAuthor | None:
        """The author of a key."""
        return next((author for author in self.authors if author.key == key), None)

    def work(self, key: str) -> OpenLibraryWork | None:
        """The work of a key."""
        return next((work for work in self.works if work.key == key), None)

    def edition(self, key: str) -> OpenLibraryEdition | None:
        """The edition of a key."""
        return next((edition for edition in self.editions if edition.key == key), None)

    def editions_of(self, work: OpenLibraryWork) -> list[OpenLibraryEdition]:
        """The editions of a work."""
        return [edition for edition in self.editions if edition.work == work.key]

    def works_by(self, author: OpenLibraryAuthor) -> list[OpenLibraryWork]:
        """The works that name this very record of a person."""
        return [work for work in self.works if author.key in work.authors and work.moved_to is None]

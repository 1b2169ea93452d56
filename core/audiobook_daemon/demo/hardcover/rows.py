"""Makes rows of a catalogue: the tables of the interface, related to one another."""

from __future__ import annotations

import re
from functools import cached_property, partial

from audiobook_daemon.demo.hardcover.catalogue import (
    LISTENED,
    HardcoverAuthor,
    HardcoverBook,
    HardcoverCatalogue,
    HardcoverEdition,
    HardcoverPlace,
    HardcoverSeries,
)
from audiobook_daemon.demo.hardcover.tables import Row

USER = 7001
"""The number of the token's owner."""
_WANTED = 1


def slug_of(text: str) -> str:
    """The end of a page's address."""
    return "-".join(re.findall(r"\w+", text.casefold()))


class Tables:
    """The tables of a catalogue, made of how it is now; one object answers one question."""

    def __init__(self, catalogue: HardcoverCatalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def authors(self) -> list[Row]:
        """All authors, merged ones too."""
        return [self._author(author) for author in self._catalogue.authors]

    @cached_property
    def books(self) -> list[Row]:
        """All books: merged ones and parts too."""
        return [self._book(book) for book in self._catalogue.books]

    @cached_property
    def editions(self) -> list[Row]:
        """All editions."""
        return [self._edition(edition) for edition in self._catalogue.editions]

    @cached_property
    def series(self) -> list[Row]:
        """All series, merged ones too."""
        return [self._series(series) for series in self._catalogue.series]

    @cached_property
    def book_series(self) -> list[Row]:
        """Every book's places."""
        return [self._place(book, place) for book in self._catalogue.books for place in book.places]

    @property
    def me(self) -> list[Row]:
        """The owner of the token, in a list of one."""
        wanted = [
            {"book_id": book, "date_added": added.isoformat(), "status_id": _WANTED, "book": partial(self._by_id, book)}
            for book, added in self._catalogue.wanted
        ]
        return [{"id": USER, "username": "demo", "user_books": lambda: wanted}]

    @property
    def list_books(self) -> list[Row]:
        """The books of the owner's lists."""
        return [
            {
                "book_id": book,
                "date_added": f"{added.isoformat()}T08:00:00+00:00",
                "position": number,
                "book": partial(self._by_id, book),
                "list": lambda slug=slug: {"slug": slug, "user_id": USER, "name": slug},
            }
            for slug, books in self._catalogue.lists.items()
            for number, (book, added) in enumerate(books, start=1)
        ]

    @cached_property
    def _numbered(self) -> dict[object, Row]:
        return {row["id"]: row for row in self.books}

    @cached_property
    def _books_by_id(self) -> dict[int, HardcoverBook]:
        return {book.id: book for book in self._catalogue.books}

    @cached_property
    def _people_by_id(self) -> dict[int, HardcoverAuthor]:
        return {author.id: author for author in self._catalogue.authors}

    @cached_property
    def _editions_of(self) -> dict[int, list[HardcoverEdition]]:
        found: dict[int, list[HardcoverEdition]] = {}
        for edition in self._catalogue.editions:
            found.setdefault(edition.book, []).append(edition)
        return found

    def _by_id(self, number: int) -> Row | None:
        return self._numbered.get(number)

    def _author(self, author: HardcoverAuthor) -> Row:
        return {
            "id": author.id,
            "name": author.name,
            "slug": slug_of(author.name),
            "alternate_names": list(author.alternate_names),
            "canonical_id": author.canonical_id,
            "books_count": sum(author.id in book.authors for book in self._catalogue.books),
        }

    def _series(self, series: HardcoverSeries) -> Row:
        places = [row for row in self.book_series if row["series_id"] == series.id]
        whole = {row["position"] for row in places if isinstance(row["position"], float) and row["position"] % 1 == 0}
        return {
            "id": series.id,
            "name": series.name,
            "slug": slug_of(series.name),
            "books_count": len(places),
            "primary_books_count": len(whole),
            "is_completed": series.is_completed,
            "canonical_id": series.canonical_id,
            "author_id": series.author,
            "author": lambda: next((row for row in self.authors if row["id"] == series.author), None),
            "book_series": lambda: places,
        }

    def _place(self, book: HardcoverBook, place: HardcoverPlace) -> Row:
        return {
            "book_id": book.id,
            "series_id": place.series,
            "position": place.position,
            "details": place.details,
            "compilation": book.compilation,
            "featured": place == book.places[0],
            "book": partial(self._by_id, book.id),
            "series": lambda: next((row for row in self.series if row["id"] == place.series), None),
        }

    def _book(self, book: HardcoverBook) -> Row:
        editions = self._editions_of.get(book.id, [])
        spoken = max((one for one in editions if one.format == LISTENED), key=lambda one: one.users, default=None)
        contributions = self._contributions(book.authors, spoken.narrators if spoken else ())
        return {
            "id": book.id,
            "title": book.title,
            "subtitle": book.subtitle,
            "slug": slug_of(book.title),
            "description": book.description,
            "release_date": book.released.isoformat() if book.released else None,
            "release_year": book.released.year if book.released else None,
            "compilation": book.compilation,
            "is_partial_book": book.partial,
            "canonical_id": book.canonical_id,
            "state": book.state,
            "users_count": book.users,
            "audio_seconds": spoken.seconds if spoken else None,
            "default_audio_edition_id": spoken.id if spoken else None,
            "alternative_titles": list(book.alternative_titles),
            "cached_image": {"url": book.cover} if book.cover else {},
            "cached_tags": {"Genre": [{"tag": genre, "count": 3} for genre in book.genres]},
            "cached_contributors": contributions,
            "contributions": lambda: [row | {"author_id": _author_id(row)} for row in contributions],
            "book_series": lambda: [self._place(book, place) for place in book.places],
            "editions": lambda: [self._edition(edition) for edition in editions],
        }

    def _edition(self, edition: HardcoverEdition) -> Row:
        book = self._books_by_id.get(edition.book)
        contributions = self._contributions(book.authors if book else (), edition.narrators)
        return {
            "id": edition.id,
            "book_id": edition.book,
            "title": edition.title,
            # As some shops write it.
            "asin": edition.asin.lower() if edition.asin and edition.id % 2 else edition.asin,
            "isbn_13": edition.isbn,
            "isbn_10": None,
            "audio_seconds": edition.seconds,
            "release_date": edition.released.isoformat() if edition.released else None,
            "reading_format_id": edition.format,
            "edition_format": {LISTENED: "Audiobook"}.get(edition.format, "Hardcover"),
            "edition_information": edition.information,
            "users_count": edition.users,
            "language": lambda: {"language": edition.language} if edition.language else None,
            "publisher": lambda: {"name": edition.publisher} if edition.publisher else None,
            "cached_contributors": contributions,
            "contributions": lambda: contributions,
            "book": partial(self._by_id, edition.book),
        }

    def _contributions(self, authors: tuple[int, ...], narrators: tuple[int, ...]) -> list[dict[str, object]]:
        """Who took part: narrators first, as on many real records, and nothing said of the authors' part."""
        return [*self._people(narrators, "Narrator"), *self._people(authors, None)]

    def _people(self, numbers: tuple[int, ...], role: str | None) -> list[dict[str, object]]:
        return [
            {"author": {"id": author.id, "name": author.name, "slug": slug_of(author.name)}, "contribution": role}
            for number in numbers
            if (author := self._people_by_id.get(number))
        ]


def _author_id(contribution: dict[str, object]) -> object:
    author = contribution["author"]
    return author["id"] if isinstance(author, dict) else None

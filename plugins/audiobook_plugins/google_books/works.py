"""Makes works of volumes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from audiobook_daemon import AuthorQuestion, Book, Likeness, Work, same_person
from audiobook_plugins.google_books.parse import Volume


def works_of(volumes: Iterable[Volume], asked: AuthorQuestion, source: str) -> list[Work]:
    """Those of the volumes that name the author, in a wanted language or in none.

    Printed editions all of them: whether there is a recording Google does not know, and one book comes many times.
    """
    return [
        _work(volume, source)
        for volume in volumes
        if any(same_person(asked.name, name) is Likeness.SAME for name in volume.authors)
        and _is_wanted(volume, asked.languages)
    ]


def _is_wanted(volume: Volume, languages: Collection[str]) -> bool:
    return not languages or volume.language is None or volume.language in languages


def _work(volume: Volume, source: str) -> Work:
    book = Book(
        title=volume.title,
        authors=volume.authors,
        subtitle=volume.subtitle,
        language=volume.language,
        year=int(volume.published[:4]) if volume.published else None,
        isbn=volume.isbns[0] if volume.isbns else None,
        other_ids=volume.isbns[1:],
    )
    return Work(book, source, key=volume.id, released=volume.published)

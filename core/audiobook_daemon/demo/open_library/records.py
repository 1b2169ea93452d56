"""The records of Open Library as JSON."""

from __future__ import annotations

from audiobook_daemon.demo.open_library.shelves import (
    OpenLibraryAuthor,
    OpenLibraryEdition,
    OpenLibraryShelves,
    OpenLibraryWork,
)

Record = dict[str, object]


def author_record(author: OpenLibraryAuthor) -> Record:
    """The record of `/authors/{key}.json`."""
    if author.moved_to:
        return _redirect(f"/authors/{author.key}", f"/authors/{author.moved_to}")
    record: Record = {"key": f"/authors/{author.key}", "name": author.name, "type": {"key": "/type/author"}}
    return _stated(record | {"birth_date": author.birth_date, "alternate_names": list(author.alternate_names)})


def author_row(shelves: OpenLibraryShelves, author: OpenLibraryAuthor) -> Record:
    """A line of the search for authors; its key is bare."""
    works = shelves.works_by(author)
    return _stated(
        {
            "key": author.key,
            "type": "author",
            "name": author.name,
            "alternate_names": list(author.alternate_names),
            "birth_date": author.birth_date,
            "top_work": works[0].title if works else None,
            "work_count": len(works),
        }
    )


def work_record(work: OpenLibraryWork) -> Record:
    """The record of `/works/{key}.json`; authors are keys without names."""
    if work.moved_to:
        return _redirect(f"/works/{work.key}", f"/works/{work.moved_to}")
    role = {"key": "/type/author_role"}
    text = work.description
    return _stated(
        {
            "title": work.title,
            "subtitle": work.subtitle,
            "key": f"/works/{work.key}",
            "authors": [{"author": {"key": f"/authors/{key}"}, "type": role} for key in work.authors],
            "type": {"key": "/type/work"},
            "description": {"type": "/type/text", "value": text} if text and work.wrapped else text,
            "covers": [-1, work.cover] if work.cover else [],
            "subjects": list(work.subjects),
            "first_publish_date": str(work.year) if work.year else None,
        }
    )


def edition_record(edition: OpenLibraryEdition) -> Record:
    """The record of `/books/{key}.json`."""
    return _stated(
        {
            "key": f"/books/{edition.key}",
            "type": {"key": "/type/edition"},
            "title": edition.title,
            "subtitle": edition.subtitle,
            "works": [{"key": f"/works/{edition.work}"}],
            "isbn_13": list(edition.isbn_13),
            "isbn_10": list(edition.isbn_10),
            "publishers": [edition.publisher] if edition.publisher else [],
            "publish_date": edition.publish_date,
            "languages": [{"key": f"/languages/{edition.language}"}] if edition.language else [],
            "series": list(edition.series),
            "physical_format": edition.physical_format,
            "number_of_pages": edition.pages,
        }
    )


def search_row(shelves: OpenLibraryShelves, work: OpenLibraryWork) -> Record:
    """A document of the search."""
    editions = shelves.editions_of(work)
    authors = [author for key in work.authors if (author := shelves.author(key))]
    isbns = [isbn for edition in editions for isbn in (*edition.isbn_13, *edition.isbn_10)]
    return _stated(
        {
            "key": f"/works/{work.key}",
            "type": "work",
            "title": work.title,
            "subtitle": work.subtitle,
            "author_name": [author.name for author in authors],
            "author_key": [author.key for author in authors],
            "first_publish_year": work.year,
            "edition_count": len(editions),
            "language": list(dict.fromkeys(edition.language for edition in editions if edition.language)),
            "isbn": isbns,
            "cover_i": work.cover,
            "subject": list(work.subjects),
            "publisher": list(dict.fromkeys(edition.publisher for edition in editions if edition.publisher)),
            "series_key": [place.key for place in work.places],
            "series_name": [place.name for place in work.places],
            "series_position": [place.position for place in work.places],
        }
    )


def _redirect(key: str, location: str) -> Record:
    return {"key": key, "type": {"key": "/type/redirect"}, "location": location}


def _stated(record: Record) -> Record:
    """Leave out what is unknown, as the real records do."""
    return {name: value for name, value in record.items() if value not in (None, [])}

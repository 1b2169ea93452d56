"""Reads books of Audnexus into the same products. Pure; its series are few, see the facts of the service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audiobook_daemon import lenient
from audiobook_plugins.audnexus import values
from audiobook_plugins.audnexus.parse import Place, Product
from audiobook_plugins.audnexus.people import Person, authors_of
from audiobook_plugins.audnexus.positions import position


def read_book(record: Mapping[str, object], region: str) -> Product | None:
    """Read one book; None without ASIN or title."""
    asin, title = values.asin(record.get("asin")), values.text(record.get("title"))
    if asin is None or title is None:
        return None
    narrators = tuple(dict.fromkeys(person.name for person in _people(record.get("narrators"))))
    publisher = values.text(record.get("publisherName"))
    return Product(
        region=region,
        asin=asin,
        title=title,
        subtitle=values.text(record.get("subtitle")),
        authors=authors_of(_people(record.get("authors")), narrators, publisher),
        narrators=narrators,
        publisher=publisher,
        description=values.prose(record.get("summary")),
        released=values.day(record.get("releaseDate")),
        runtime=values.seconds(record.get("runtimeLengthMin")),
        language=values.language(record.get("language")),
        places=tuple(_places(record)),
        format_type=values.text(record.get("formatType")),
        genres=tuple(dict.fromkeys(filter(None, (values.text(it.get("name")) for it in _genres(record))))),
        isbn=values.isbn(record.get("isbn")),
        cover=lenient.address(record.get("image")),
    )


def _people(value: object) -> Iterator[Person]:
    for entry in lenient.objects(value):
        if name := values.text(entry.get("name")):
            yield Person(name, values.asin(entry.get("asin")))


def _places(record: Mapping[str, object]) -> Iterator[Place]:
    for member in ("seriesPrimary", "seriesSecondary"):
        place = lenient.mapping(record.get(member))
        if name := values.text(place.get("name")):
            yield Place(name, position(values.text(place.get("position"))), values.asin(place.get("asin")))


def _genres(record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    return lenient.objects(record.get("genres"))

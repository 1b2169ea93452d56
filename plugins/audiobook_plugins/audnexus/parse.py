"""Reads products of the Audible catalogue. Pure; a member of a wrong type is lost, its record is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audiobook_daemon import lenient
from audiobook_plugins.audnexus import values
from audiobook_plugins.audnexus.people import Person, authors_of
from audiobook_plugins.audnexus.positions import position

_NO_BOOKS = frozenset({"BookSeries", "PodcastParent", "PodcastEpisode", "PodcastSeason", "Periodical", "AudioPart"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a series; the position in its one form."""

    name: str
    position: str | None = None
    asin: str | None = None
    """The series' own, good in the region of the product."""


@dataclass(frozen=True, slots=True)
class Product:
    """One recording in the shop of one region."""

    region: str
    asin: str
    title: str
    subtitle: str | None = None
    authors: tuple[Person, ...] = ()
    narrators: tuple[str, ...] = ()
    publisher: str | None = None
    description: str | None = None
    """With its HTML."""
    released: str | None = None
    """ISO 8601; may lie in the future."""
    runtime: float | None = None
    """Seconds."""
    language: str | None = None
    places: tuple[Place, ...] = ()
    format_type: str | None = None
    delivery: str | None = None
    genres: tuple[str, ...] = ()
    isbn: str | None = None
    cover: str | None = None
    sku: str | None = None
    """The same for one recording in several regions."""
    ratings: int | None = None
    """How many listeners have rated it."""

    @property
    def key(self) -> str:
        """The id that holds everywhere."""
        return f"{self.region}:{self.asin}"

    @property
    def abridged(self) -> bool | None:
        """Whether it is shortened, if told."""
        return {"abridged": True, "unabridged": False}.get(self.format_type or "")


@dataclass(frozen=True, slots=True)
class Member:
    """A book as its series names it."""

    asin: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A series in the shop of one region."""

    region: str
    asin: str
    name: str
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a search; `rows` counts those that are no books too."""

    products: tuple[Product, ...]
    rows: int


def read_page(document: Mapping[str, object], region: str) -> Page:
    """Read the hits of a search or a batch."""
    listed = document.get("products")
    rows = listed if isinstance(listed, list) else []
    found = {product.asin: product for product in (read_product(row, region) for row in rows) if product}
    return Page(tuple(found.values()), len(rows))


def read_product(record: object, region: str) -> Product | None:
    """Read one product; None for what has no ASIN or title (an unknown one is such), and for what is no book."""
    members = lenient.mapping(record)
    asin, title = values.asin(members.get("asin")), values.text(members.get("title"))
    delivery = values.text(members.get("content_delivery_type"))
    if asin is None or title is None or delivery in _NO_BOOKS or members.get("content_type") == "Podcast":
        return None
    narrators = tuple(dict.fromkeys(person.name for person in _people(members.get("narrators"))))
    publisher = values.text(members.get("publisher_name"))
    return Product(
        region=region,
        asin=asin,
        title=title,
        subtitle=values.text(members.get("subtitle")),
        authors=authors_of(_people(members.get("authors")), narrators, publisher),
        narrators=narrators,
        publisher=publisher,
        description=values.prose(members.get("publisher_summary"))
        or values.prose(members.get("extended_product_description")),
        released=values.day(members.get("release_date")) or values.day(members.get("issue_date")),
        runtime=values.seconds(members.get("runtime_length_min")),
        language=values.language(members.get("language")),
        places=tuple(_places(members.get("series"))),
        format_type=values.text(members.get("format_type")),
        delivery=delivery,
        genres=tuple(dict.fromkeys(_genres(members.get("category_ladders")))),
        isbn=values.isbn(members.get("isbn")),
        cover=_cover(members.get("product_images")),
        sku=values.text(members.get("sku_lite")),
        ratings=_ratings(members.get("rating")),
    )


def read_series(record: object, region: str) -> Series | None:
    """Read a series with its books; None for what is none. Its download parts are no books of it."""
    members = lenient.mapping(record)
    asin, name = values.asin(members.get("asin")), values.text(members.get("title"))
    if asin is None or name is None:
        return None
    found: dict[str, Member] = {}
    for relation in lenient.objects(members.get("relationships")):
        child = values.asin(relation.get("asin"))
        sides = (relation.get("relationship_to_product"), relation.get("relationship_type"))
        if child is not None and sides == ("child", "series"):
            found.setdefault(child, Member(child, position(values.text(relation.get("sequence")))))
    return Series(region, asin, name, tuple(found.values()))


def _people(value: object) -> Iterator[Person]:
    for entry in lenient.objects(value):
        if name := values.text(entry.get("name")):
            yield Person(name, values.asin(entry.get("asin")))


def _places(value: object) -> Iterator[Place]:
    for entry in lenient.objects(value):
        if name := values.text(entry.get("title")):
            yield Place(name, position(values.text(entry.get("sequence"))), values.asin(entry.get("asin")))


def _genres(value: object) -> Iterator[str]:
    for entry in lenient.objects(value):
        for step in lenient.objects(entry.get("ladder")):
            if name := values.text(step.get("name")):
                yield name


def _cover(value: object) -> str | None:
    pictures = lenient.mapping(value)
    sized = {int(size): picture for size, picture in pictures.items() if str(size).isascii() and str(size).isdigit()}
    found = (lenient.address(sized[size]) for size in sorted(sized, reverse=True))
    return next(filter(None, found), None)


def _ratings(value: object) -> int | None:
    return values.count(lenient.mapping(lenient.mapping(value).get("overall_distribution")).get("num_ratings"))

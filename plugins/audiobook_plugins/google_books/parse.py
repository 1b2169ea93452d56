"""Reads volumes of Google Books. Pure; a member of a wrong type is lost, its record is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from audiobook_daemon import Facts, lenient

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_PICTURES = ("extraLarge", "large", "medium", "small", "thumbnail", "smallThumbnail")
_BLOCKS = ("p", "br", "li", "div", "h1", "h2", "h3", "ul", "ol")


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume: a printed edition or an e-book."""

    id: str
    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    """Editors, translators and corporate bodies too; Google names no roles."""
    publisher: str | None = None
    published: str | None = None
    description: str | None = None
    isbns: tuple[str, ...] = ()
    """With 13 digits each."""
    language: str | None = None
    genres: tuple[str, ...] = ()
    cover: str | None = None


def read_volumes(document: Mapping[str, object]) -> list[Volume]:
    """Read the hits of a search; nothing found has no `items` at all, and a hit can come twice."""
    items = document.get("items")
    found: dict[str, Volume] = {}
    for item in items if isinstance(items, list) else ():
        volume = read_volume(item)
        if volume is not None:
            found.setdefault(volume.id, volume)
    return list(found.values())


def read_volume(record: object) -> Volume | None:
    """Read one record; None without id or title."""
    members = lenient.mapping(record)
    info = lenient.mapping(members.get("volumeInfo"))
    number, title = lenient.text(members.get("id")), lenient.text(info.get("title"))
    if number is None or title is None or not _ID.fullmatch(number):
        return None
    return Volume(
        id=number,
        title=title,
        subtitle=lenient.text(info.get("subtitle")),
        authors=lenient.texts(info.get("authors")),
        publisher=lenient.text(info.get("publisher")),
        published=_date(info.get("publishedDate")),
        description=_prose(info.get("description")),
        isbns=tuple(_isbns(info.get("industryIdentifiers"))),
        language=(lenient.text(info.get("language")) or "").lower().partition("-")[0] or None,
        genres=tuple(_genres(info.get("categories"))),
        cover=_cover(lenient.mapping(info.get("imageLinks"))),
    )


def complete(hit: Volume, full: Volume) -> Volume:
    """Put the full record over the reduced one of the search; what it leaves out stays."""
    return replace(
        full,
        subtitle=full.subtitle or hit.subtitle,
        authors=full.authors or hit.authors,
        publisher=full.publisher or hit.publisher,
        published=full.published or hit.published,
        description=full.description or hit.description,
        isbns=full.isbns or hit.isbns,
        language=full.language or hit.language,
        genres=full.genres or hit.genres,
        cover=full.cover or hit.cover,
    )


def facts_of(volume: Volume, source: str, score: float) -> Facts:
    """State what a volume tells of the work; of recordings (narrator, running time) Google knows nothing."""
    return Facts(
        source=source,
        title=volume.title,
        subtitle=volume.subtitle,
        authors=volume.authors or None,
        publisher=volume.publisher,
        year=int(volume.published[:4]) if volume.published else None,
        published=volume.published,
        description=volume.description,
        language=volume.language,
        isbn=volume.isbns[0] if volume.isbns else None,
        genres=volume.genres or None,
        cover=volume.cover,
        key=volume.id,
        score=score,
    )


def isbn_13(text: str) -> str | None:
    """Write an ISBN with 13 digits and without dashes; None if it is none, wrong check digits included."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", plain, re.ASCII):
        digits = [10 if digit == "X" else int(digit) for digit in plain]
        if sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11:
            return None
        plain = f"978{plain[:9]}"
        return plain + str(-_weighed(plain) % 10)
    return plain if re.fullmatch(r"97[89]\d{10}", plain, re.ASCII) and _weighed(plain) % 10 == 0 else None


def _weighed(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))


def _prose(value: object) -> str | None:
    """Make text of a description: HTML in the full record, plain with entities in the reduced one."""
    if not isinstance(value, str):
        return None
    if "<" not in value:
        return lenient.text(value)
    from bs4 import BeautifulSoup  # noqa: PLC0415 - a large package, and many descriptions hold no markup
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    try:
        soup = BeautifulSoup(value, "html.parser")
    except ParserRejectedMarkup:
        return None
    for block in soup.find_all(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    text = _UNSEEN.sub("", soup.get_text()).encode("utf-8", "replace").decode("utf-8")
    return "\n".join(filter(None, (_CONTROL.sub(" ", line).strip() for line in text.split("\n")))) or None


def _date(value: object) -> str | None:
    """Read `2006`, `2006-07-25`, `1997*` or a whole time stamp; `199?` is unknown."""
    found = _DATE.match(value) if isinstance(value, str) else None
    return found[0] if found else None


def _isbns(value: object) -> Iterator[str]:
    seen: dict[str, None] = {}
    for entry in map(lenient.mapping, value if isinstance(value, list) else ()):
        if str(entry.get("type")) in {"ISBN_10", "ISBN_13"} and (isbn := isbn_13(str(entry.get("identifier")))):
            seen[isbn] = None
    yield from seen


def _genres(value: object) -> Iterator[str]:
    parts = (part.strip() for path in lenient.texts(value) for part in path.split(" / "))
    yield from dict.fromkeys(part for part in parts if part and part != "General")


def _cover(links: Mapping[str, object]) -> str | None:
    address = next((link for name in _PICTURES if isinstance(link := links.get(name), str) and link), None)
    if address is None or not address.startswith(("http://", "https://")):
        return None
    address = re.sub(r"(?<=[?&])edge=curl(?:&|$)", "", address).rstrip("?&")
    return re.sub(r"^http://(?=[^/]*\.google\.)", "https://", address)

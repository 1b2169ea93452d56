"""Turns the site's search answers into releases. Pure: nothing here asks, waits or remembers."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon import Price, Release, SeriesPlace, Unavailable
from audiobook_plugins.mam import recording
from audiobook_plugins.mam.categories import AUDIOBOOKS, tag_name
from audiobook_plugins.mam.languages import language_code
from audiobook_plugins.mam.reading import flag, inner, members, moment, size, text, unix, whole

Row = Mapping[str, object]

_AUDIOBOOK_MEDIA = 1
SEED_TIME = 72 * 3600
"""Seconds that each torrent has to be seeded, by the site's rule 2.5."""
_ASIN = re.compile(r"(?:\bASIN\s*[:=]?\s*([A-Z0-9]{10})\b)|\b(B0[A-Z0-9]{8})\b", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer."""

    rows: tuple[Row, ...]
    received: int
    """How many rows the site sent, unreadable ones included: by so many the next page starts later."""
    found: int | None
    """How many rows there are in all."""


def read_page(document: object) -> Page:
    """Read the envelope of a search answer; raises Unavailable if it is none or if it tells of an error."""
    if not isinstance(document, dict):
        raise Unavailable("MyAnonamouse answered the search with something that is no list of torrents.")
    rows = document.get("data")
    if isinstance(rows, list):
        found = whole(document.get("found"))
        return Page(
            rows=tuple(row for row in rows if isinstance(row, dict)),
            received=len(rows),
            found=whole(document.get("total_found")) if found is None else found,
        )
    complaint = text(document.get("error")) or text(document.get("message")) or "no reason given"
    if complaint.startswith("Nothing returned"):
        return Page((), 0, 0)
    raise Unavailable(f"MyAnonamouse could not search: {complaint[:200]}")


def read_releases(rows: Sequence[Row], source: str, site: str, now: datetime, log: logging.Logger) -> list[Release]:
    """Read rows; one that names no torrent is left out and counted in the log, the others do not suffer."""
    releases = [release for row in rows if (release := read_release(row, source, site, now)) is not None]
    if len(releases) < len(rows):
        log.debug("%d of %d search rows name no torrent or no title.", len(rows) - len(releases), len(rows))
    return releases


def read_release(row: Row, source: str, site: str, now: datetime) -> Release | None:
    """Read one row; None without a number or a title.

    The price of a VIP torrent stays UNKNOWN: it depends on the account. `vip_only` says that it is one now.
    """
    number = whole(row.get("id"))
    title = text(row.get("title")) or text(row.get("name"))
    if number is None or number <= 0 or title is None:
        return None
    weight = size(row.get("size"))
    isbn, asin = identifiers(row.get("isbn"))
    vip = _vip(row, now)
    return Release(
        source=source,
        key=str(number),
        title=title,
        authors=people(row.get("author_info")),
        narrators=people(row.get("narrator_info")),
        series=series(row.get("series_info")),
        language=language_code(whole(row.get("language"))),
        formats=_formats(row),
        size=weight,
        files=_count(row.get("numfiles")),
        bitrate=recording.bitrate(row),
        runtime=recording.runtime(row, weight),
        abridged=recording.abridged(row, title),
        audio=_audio(row),
        categories=tuple(_categories(row)),
        tags=text(row.get("tags")),
        isbn=isbn,
        asin=asin,
        seeders=_count(row.get("seeders")),
        leechers=_count(row.get("leechers")),
        snatches=_count(row.get("times_completed")),
        price=_price(row, vip=vip),
        vip_only=vip,
        published=moment(row.get("added")),
        page=f"{site}/t/{number}",
        seed_time=SEED_TIME,
        extra={"tid": str(number)},
    )


def people(value: object) -> tuple[str, ...]:
    """Read `{"8234": "Name"}`, as JSON or inside text; the order means nothing."""
    found = inner(value)
    if isinstance(found, dict):
        found = list(found.values())
    if not isinstance(found, list):
        return ()
    names = (text(entry.get("name") if isinstance(entry, dict) else entry) for entry in found)
    return tuple(dict.fromkeys(name for name in names if name))


def series(value: object) -> tuple[SeriesPlace, ...]:
    """Read `{"67": ["Name", "1-3"]}` and its other shapes; the number stays text, for `1p2` is one too."""
    places: dict[SeriesPlace, None] = {}
    for entry in members(value).values():
        if isinstance(entry, list) and entry:
            name, position = text(entry[0]), text(entry[1]) if len(entry) > 1 else None
        elif isinstance(entry, dict):
            name = text(entry.get("series_name")) or text(entry.get("name"))
            position = text(entry.get("series_number")) or text(entry.get("number"))
        else:
            name, position = text(entry), None
        if name:
            places[SeriesPlace(name, position)] = None
    return tuple(places)


def identifiers(value: object) -> tuple[str | None, str | None]:
    """Read ISBN and ASIN out of the one field that uploaders use for both."""
    plain = text(value) or ""
    if isinstance(value, int) and not isinstance(value, bool) and len(plain) < 10:
        plain = plain.zfill(10)  # PHP made a number of an ISBN-10 and lost its leading zeros
    asin = next((part.upper() for found in _ASIN.findall(plain) for part in found if part), None)
    candidates = (re.sub(r"[- ]", "", found).upper() for found in _ISBN.findall(_ASIN.sub(" ", plain)))
    return next((isbn for isbn in candidates if _checks(isbn)), None), asin


def _checks(isbn: str) -> bool:
    digits = [10 if digit == "X" else int(digit) for digit in isbn]
    if not any(digits[:9]):
        return False
    if len(digits) == 10:
        return sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0
    return "X" not in isbn and sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _formats(row: Row) -> tuple[str, ...]:
    plain = text(row.get("filetype")) or text(row.get("filetypes")) or ""
    return tuple(dict.fromkeys(part.lower() for part in re.split(r"[\s,;]+", plain) if part))


def _count(value: object) -> int | None:
    read = whole(value)
    return read if read is not None and read >= 0 else None


def _audio(row: Row) -> bool | None:
    # Many audiobooks are filed with an e-book media type, some with an odd main category: either will do.
    main, media = whole(row.get("main_cat")), whole(row.get("mediatype"))
    if main is None and media is None:
        return None
    return main == AUDIOBOOKS or media == _AUDIOBOOK_MEDIA


def _categories(row: Row) -> Iterator[str]:
    if name := text(row.get("catname")):
        yield name
    tags = inner(row.get("categories"))
    for tag in tags if isinstance(tags, list) else ():
        if name := tag_name(whole(tag)):
            yield name


def _vip(row: Row, now: datetime) -> bool:
    expires = unix(row.get("vip_expire"))
    return bool(flag(row.get("vip"))) and (expires is None or expires > now)


def _price(row: Row, *, vip: bool) -> Price:
    if flag(row.get("free")) or flag(row.get("personal_freeleech")):
        return Price.FREE
    return Price.UNKNOWN if vip or flag(row.get("free")) is None else Price.PAID

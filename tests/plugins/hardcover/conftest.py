"""Hardcover on loopback, with a small series that holds every oddity."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date

import pytest

from audiobook_daemon import Context, Http
from audiobook_daemon.demo.hardcover import (
    HardcoverAuthor,
    HardcoverBook,
    HardcoverCatalogue,
    HardcoverEdition,
    HardcoverPlace,
    HardcoverSeries,
    HardcoverStandIn,
)
from audiobook_daemon.demo.hardcover.catalogue import LISTENED
from audiobook_plugins.hardcover import Hardcover
from audiobook_plugins.hardcover.config import HardcoverConfig

TOKEN = "hc-SECRET-0123456789"
RENNER, QUILL, NAMESAKE, TOBIN, RENNER_TOO = 1, 2, 3, 4, 5
CROWN, COMIC, MERGED, OTHER_CROWN, NEAR_EMPTY, BELLS = 10, 11, 12, 13, 14, 15
LOW, HIGH, EBB, BOTH, PART, SPANISH, DOUBLET, SPRING = 100, 101, 102, 103, 104, 105, 106, 107
COMIC_LOW, OTHERS, COOKERY, TRANSLATED, LATE = 110, 120, 130, 140, 150
ISBN = "9780000000019"


def at(series: int, position: float | None, details: str | None = None) -> tuple[HardcoverPlace, ...]:
    return (HardcoverPlace(series, position, details if details is not None else None),)


def crown() -> HardcoverCatalogue:
    """A series with everything that goes wrong in one, and who is not meant by its names."""
    book, renner = HardcoverBook, (RENNER,)
    return HardcoverCatalogue(
        authors=[
            HardcoverAuthor(id=RENNER, name="Odile Renner"),
            HardcoverAuthor(id=QUILL, name="Sam Quill"),
            HardcoverAuthor(id=NAMESAKE, name="Odile Renner"),
            HardcoverAuthor(id=TOBIN, name="Marc Tobin"),
            HardcoverAuthor(id=RENNER_TOO, name="O. Renner", alternate_names=("Odile Renner",)),
        ],
        series=[
            HardcoverSeries(id=CROWN, name="The Tidal Crown", author=RENNER, is_completed=False),
            HardcoverSeries(id=COMIC, name="The Tidal Crown (Light Novel)", author=RENNER),
            HardcoverSeries(id=MERGED, name="Tidal Crown", author=RENNER, canonical_id=CROWN),
            HardcoverSeries(id=OTHER_CROWN, name="The Tidal Crown (Marc Tobin)", author=TOBIN),
            HardcoverSeries(id=NEAR_EMPTY, name=" Odile Renner", author=RENNER),
            HardcoverSeries(id=BELLS, name="Bells", author=RENNER),
        ],
        books=[
            book(
                id=LOW,
                title="Low Water",
                authors=renner,
                released=date(2015, 4, 2),
                users=900,
                places=at(CROWN, 1.0) + at(BELLS, 7.0),
                description="<p>The sea is <b>gone</b>.</p><p>And the king?</p>",
                genres=("Fantasy", "Adventure"),
                cover="https://assets.example.org/low.jpg",
            ),
            book(id=HIGH, title="High Water", authors=renner, users=800, places=at(CROWN, 2.0)),
            book(id=EBB, title="The Ebb", authors=renner, users=300, places=at(CROWN, 2.5)),
            book(id=BOTH, title="Tides", authors=renner, compilation=True, users=90, places=at(CROWN, 1.0, "1-2")),
            book(id=PART, title="Low Water, Part 1", authors=renner, partial=True, users=4, places=at(CROWN, 1.0)),
            book(id=SPANISH, title="Aguas bajas", authors=renner, users=2, places=at(CROWN, 1.0)),
            book(id=DOUBLET, title="LOW WATER!", authors=renner, canonical_id=LOW, users=1, places=at(CROWN, 1.0)),
            book(id=SPRING, title="Spring Tide", authors=renner, released=date(2099, 5, 1), places=at(CROWN, 3.0)),
            book(id=COMIC_LOW, title="Low Water, Vol. 1", authors=renner, users=50, places=at(COMIC, 1.0)),
            book(id=OTHERS, title="Salt Throne", authors=(TOBIN,), users=700, places=at(OTHER_CROWN, 1.0)),
            book(id=COOKERY, title="Soups of the Alps", authors=(NAMESAKE,), users=60),
            book(id=TRANSLATED, title="The Grey Ferry", authors=(TOBIN,), users=70),
            book(id=LATE, title="Late Letters", authors=(RENNER_TOO,), users=20),
        ],
        editions=[
            HardcoverEdition(id=1001, book=LOW, title="Low Water", isbn=ISBN, publisher="Paper House"),
            HardcoverEdition(
                id=1002,
                book=LOW,
                title="Low Water",
                format=LISTENED,
                asin="B00LOWTIDE",
                seconds=36_000,
                released=date(2016, 1, 5),
                publisher="Ear House",
                narrators=(QUILL,),
                information="Unabridged",
                users=50,
            ),
            HardcoverEdition(
                id=1003,
                book=LOW,
                title="Niedrigwasser",
                format=LISTENED,
                asin="B00NIEDRIG",
                seconds=40_000,
                language="German",
                users=9,
            ),
            HardcoverEdition(
                id=1004, book=HIGH, title="High Water", format=LISTENED, asin="B00HIGHTID", seconds=39_000
            ),
            HardcoverEdition(id=1005, book=TRANSLATED, title="x", format=LISTENED, narrators=(RENNER,)),
        ],
        wanted=[(LOW, date(2026, 1, 1)), (HIGH, date(2026, 2, 1)), (OTHERS, date(2026, 1, 15))],
        lists={"beach": [(EBB, date(2026, 1, 3))]},
    )


@pytest.fixture
async def hardcover() -> AsyncIterator[HardcoverStandIn]:
    async with HardcoverStandIn(crown(), token=TOKEN) as stand_in:
        yield stand_in


@pytest.fixture
def books(
    hardcover: HardcoverStandIn, hasty_http: Http, context_for: Callable[..., Context]
) -> Callable[..., Hardcover]:
    """Make an instance that speaks to the stand-in; keywords are its configuration."""

    def make(**config: object) -> Hardcover:
        settings = HardcoverConfig.model_validate({"token": TOKEN, "url": hardcover.url, **config})
        return Hardcover(settings, context_for("hardcover", http=hasty_http))

    return make

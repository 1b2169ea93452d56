"""Open Library on loopback, with a few works of invented people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from audiobook_daemon import Context, Http
from audiobook_daemon.demo.open_library import (
    OpenLibraryAuthor,
    OpenLibraryEdition,
    OpenLibraryPlace,
    OpenLibraryShelves,
    OpenLibraryStandIn,
    OpenLibraryWork,
)
from audiobook_plugins.open_library import OpenLibrary
from audiobook_plugins.open_library.config import OpenLibraryConfig

CONTACT = "librarian@example.org"


def shelves() -> OpenLibraryShelves:
    """Two records of one person, a namesake, and series told in every way."""
    work, edition = OpenLibraryWork, OpenLibraryEdition
    return OpenLibraryShelves(
        authors=[
            OpenLibraryAuthor(key="OL1A", name="K. D. Marsh", birth_date="3 May 1950"),
            OpenLibraryAuthor(key="OL2A", name="K.D. Marsh"),
            OpenLibraryAuthor(key="OL3A", name="K. D. Marsh", birth_date="1811"),
            OpenLibraryAuthor(key="OL4A", name="Vera Kolb"),
            OpenLibraryAuthor(key="OL5A", name="V. Kolb", moved_to="OL4A"),
        ],
        works=[
            work(
                key="OL10W",
                title="Kiln",
                authors=("OL1A",),
                year=1999,
                description="Clay burns.\n\nAnd so does the town.",
                wrapped=True,
                subjects=("Fantasy", "Potters -- Fiction", "Accessible book", "Adventure"),
                places=(OpenLibraryPlace("OL1L", "Fire and Clay", "1"), OpenLibraryPlace("OL2L", "Towns")),
                cover=881,
            ),
            work(key="OL11W", title="Glaze (Fire and Clay, #2)", authors=("OL1A",), year=2001, description="Shine."),
            work(key="OL12W", title="Shards", authors=("OL2A",), year=2004),
            work(key="OL13W", title="Sermons", authors=("OL3A",), year=1840),
            work(key="OL14W", title="Old Kiln", authors=("OL1A",), moved_to="OL10W"),
            work(key="OL15W", title="Kiln", authors=("OL4A",), year=2020),
        ],
        editions=[
            edition(
                key="OL20M",
                work="OL10W",
                title="Kiln",
                isbn_13=("9780000000019",),
                isbn_10=("0000000019",),
                publisher="Paper House",
                publish_date="c1999",
                series=("Fire and Clay ; 1", "A Paper House book"),
            ),
            edition(key="OL21M", work="OL10W", title="Brennofen", isbn_13=("9780000000026",), language="ger"),
            edition(key="OL22M", work="OL11W", title="Glaze", isbn_13=("9780000000033",)),
            edition(
                key="OL23M", work="OL12W", title="Shards", isbn_13=("9780000000040",), series=("Fire and Clay #3",)
            ),
        ],
    )


@pytest.fixture
async def library() -> AsyncIterator[OpenLibraryStandIn]:
    async with OpenLibraryStandIn(shelves()) as stand_in:
        yield stand_in


@pytest.fixture
def books(
    library: OpenLibraryStandIn, hasty_http: Http, context_for: Callable[..., Context]
) -> Callable[..., OpenLibrary]:
    """Make an instance that speaks to the stand-in; keywords are its configuration."""

    def make(**config: object) -> OpenLibrary:
        settings = OpenLibraryConfig.model_validate({"contact": CONTACT, "url": library.url, **config})
        return OpenLibrary(settings, context_for("open_library", http=hasty_http))

    return make

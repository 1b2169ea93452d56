"""Google Books on loopback, and the samples."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import Context, Http
from audiobook_daemon.demo.google_books import GoogleBooksStandIn, GoogleVolume
from audiobook_plugins.google_books import GoogleBooks
from audiobook_plugins.google_books.config import GoogleBooksConfig

Json = Any  # what a JSON text may hold
KEY = "SECRETKEY-AIza0123456789"
_SAMPLES = Path(__file__).parents[2] / "samples" / "google_books"

FINAL_EMPIRE = GoogleVolume(
    id="finalempire1",
    title="Mistborn: The Final Empire",
    search_title="Mistborn, Band 01",
    subtitle="A Novel",
    authors=("Brandon Sanderson",),
    publisher="Tor",
    published_date="2006-07-25",
    description="<p>Ash falls &amp; falls.</p><p>Who will <i>rise</i>?</p>",
    isbn_13="9780765311788",
    categories=("Fiction / Fantasy / Epic", "Fiction / General"),
    language="en",
)
WELL = GoogleVolume(
    id="wellofascen1",
    title="Mistborn: The Well of Ascension",
    authors=("Brandon Sanderson",),
    isbn_13="9780765316882",
    language="en",
)
ABOUT = GoogleVolume(
    id="aboutbooks01",
    title="Studies in Fantasy",
    authors=("A Critic",),
    full_text="Brandon Sanderson wrote The Final Empire",
)
TWINS = [
    GoogleVolume(id="emma00000001", title="Emma", authors=("Jane Austen",), published_date="1997*", language="en"),
    GoogleVolume(id="emma00000002", title="Emma", authors=("Jane Austen",), published_date="199?", language="de"),
]


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def sample() -> Callable[[str], Json]:
    return lambda name: json.loads((_SAMPLES / name).read_text("utf-8"))


@pytest.fixture
async def google() -> AsyncIterator[GoogleBooksStandIn]:
    async with GoogleBooksStandIn([FINAL_EMPIRE, WELL, ABOUT, *TWINS], key=KEY, anonymous=False) as stand_in:
        yield stand_in


@pytest.fixture
def books(
    google: GoogleBooksStandIn, hasty_http: Http, context_for: Callable[..., Context]
) -> Callable[..., GoogleBooks]:
    """Make an instance that speaks to the stand-in; keywords are its configuration."""

    def make(**config: object) -> GoogleBooks:
        settings = GoogleBooksConfig.model_validate({"key": KEY, "url": google.url, **config})
        return GoogleBooks(settings, context_for("google_books", http=hasty_http))

    return make

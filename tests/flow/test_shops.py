"""Audnexus and the shops of Audible asked through the whole daemon, well and in trouble."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.models import AuthorQuestion, Book, SeriesPlace, SeriesQuestion, WorkKind
from audiobook_daemon.plugin import Answers, Bibliography, MetadataProvider

SHOP = "audnexus"
ARCHIVE = SeriesPlace("The Lantern Archive", "1")
FERRY = Book("The Glass Ferry", ("Ilse Marten",), series=(ARCHIVE,), language="en", asin="B0DEMO0001")
ASKED = SeriesQuestion("The Lantern Archive", FERRY.authors, (FERRY,), "en")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[DemoWorld]:
    async with DemoWorld(tmp_path / "world", books=1, real=()) as world:
        yield world


@pytest.fixture
async def daemon(world: DemoWorld) -> AsyncIterator[Daemon]:
    async with Daemon.assembled(world.config) as daemon:
        await daemon.host.started()
        yield daemon


def said(answers: Answers[object], instance: str) -> object:
    return next((given.value for given in answers.given if given.instance == instance), None)


async def test_a_series_is_told_with_what_is_to_come_and_what_is_no_single_book(daemon: Daemon) -> None:
    answers = await daemon.host.ask(Bibliography.series_of, asked=ASKED)
    (record,) = next(given.value for given in answers.given if given.instance == SHOP)
    kinds = {(work.book.title, work.book.series[0].position): work.kind for work in record.works}
    assert kinds["The Lantern Archive: Books 1-3", "1-3"] is WorkKind.OMNIBUS
    assert kinds["The Glass Ferry (Dramatized Adaptation)", "1"] is WorkKind.DRAMATISATION
    assert kinds["A Candle for the Drowned", "0.5"] is WorkKind.UNKNOWN
    (to_come,) = [work for work in record.works if work.book.title == "The Drowned Index"]
    assert to_come.released
    assert to_come.released > daemon.started.date().isoformat()


async def test_an_author_is_told_without_guides_podcasts_and_untitled_rows(daemon: Daemon) -> None:
    asked = AuthorQuestion("Ilse Marten", (FERRY,), ("en", "de"))
    answers = await daemon.host.ask(Bibliography.works_by, asked=asked)
    works = next(given.value for given in answers.given if given.instance == SHOP)
    titles = [work.book.title for work in works]
    assert len(set(titles)) == len(titles), "what two regions sell is told once"
    assert "Die gl\u00e4serne F\u00e4hre" in titles
    assert not [title for title in titles if "Summary" in title or "Podcast" in title]


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.LIST, Fault.TRUNCATED])
async def test_shops_that_are_down_or_lie_are_silent_and_hinder_nobody(
    world: DemoWorld, daemon: Daemon, fault: Fault
) -> None:
    world.audnexus.faults.always(fault)
    for answers in (
        await daemon.host.ask(MetadataProvider.describe, book=FERRY),
        await daemon.host.ask(Bibliography.series_of, asked=ASKED),
    ):
        assert SHOP not in {given.instance for given in answers.given}
        assert SHOP in {silent.instance for silent in answers.silent}, "nothing found is another answer"
        assert {"google_books", "hardcover"} & {given.instance for given in answers.given}


async def test_what_was_told_once_outlives_the_shops(world: DemoWorld, daemon: Daemon) -> None:
    before = said(await daemon.host.ask(MetadataProvider.describe, book=FERRY), SHOP)
    assert before
    await world.stop(SHOP)
    assert said(await daemon.host.ask(MetadataProvider.describe, book=FERRY), SHOP) == before

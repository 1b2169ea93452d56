"""What somebody wants to read at Hardcover is wished for: so many at a time, nothing owned, and nothing twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.models import Want, WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 6
TOKEN = "    token: !secret hardcover_token\n"
LISTS = f"{TOKEN}    lists: {{want-to-read: 2}}\n"


def want_to_read(household: Household, *titles: str) -> None:
    """Put books on the shelf of the account, the first of them first."""
    catalogue = household.world.hardcover.catalogue
    numbers = {book.title: book.id for book in catalogue.books}
    catalogue.wanted = [(numbers[title], date(2026, 1, day)) for day, title in enumerate(titles, start=1)]


async def gathered(daemon: Daemon) -> list[Want]:
    await daemon.host.started()
    await daemon.doors.do("gather", {"only": ["hardcover"]}, "test")
    return sorted(await daemon.database.wants.list(), key=lambda want: want.id)


async def test_the_newest_that_nobody_owns_are_wanted_once(inhabit: Inhabit) -> None:
    async with inhabit(BOOKS_OF_THE_WORLD, catalogues=True) as household:
        household.change(TOKEN, LISTS)
        owned = household.world.owned[0].title
        want_to_read(household, "The Ash Librarian", "The Glass Ferry", "The Winter Ledger", owned)
        async with Daemon.assembled(household.config) as daemon:
            wants = await gathered(daemon)
            assert [want.wish.book.title for want in wants] == ["The Winter Ledger", "The Glass Ferry"]
            assert {want.wish.origin for want in wants} == {"hardcover"}
            assert await gathered(daemon) == wants, "the share is used until one of them is owned"
            await daemon.doors.do("choose", {}, "test")
            states = {want.state for want in await daemon.database.wants.list()}
        assert states == {WantState.REVIEW}, "auto_grab is off for it"


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.HTML, Fault.UNAUTHORIZED])
async def test_a_list_that_cannot_be_read_keeps_no_other_from_being_read(inhabit: Inhabit, fault: Fault) -> None:
    async with inhabit(2, catalogues=True) as household:
        household.change(TOKEN, LISTS)
        household.world.hardcover.faults.always(fault)
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            run, _ = await daemon.doors.do("gather", {}, "test")
            wants = await daemon.database.wants.list()
        assert {want.wish.origin for want in wants} == {"top10"}
        assert len(wants) == len(household.books)
        assert "hardcover" in str(run)

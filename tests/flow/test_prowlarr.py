"""What only Prowlarr has arrives as well, and what its tracker demands is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.offers import PUBLIC
from audiobook_daemon.models import Want, WantState

if TYPE_CHECKING:
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 4
STAGES = ("grab", "watch", "verify", "shelve")


async def brought_home(daemon: Daemon) -> tuple[Want, ...]:
    """Let every want that has a release come to the shelf; a person accepts what waits for one."""
    async with asyncio.timeout(90):
        await daemon.doors.do("choose", {}, "test")
        for want in await daemon.database.wants.list([WantState.REVIEW]):
            await daemon.doors.approve(want.id)
        while True:
            for stage in STAGES:
                await daemon.doors.do(stage, {}, "test")
            wants = await daemon.database.wants.list()
            assert all(want.release for want in wants), [want.reason for want in wants]
            if {want.state for want in wants} == {WantState.SHELVED}:
                return wants
            await asyncio.sleep(0.02)


async def test_a_book_that_nobody_else_has_comes_through_prowlarr(inhabit: Inhabit) -> None:
    async with inhabit(BOOKS_OF_THE_WORLD) as household, Daemon.assembled(household.config) as daemon:
        await daemon.host.started()
        (book,) = (release.book for release in household.world.catalogue.elsewhere[-1:])
        await daemon.doors.do("want", {"title": book.title, "author": book.authors[0]}, "test")
        (want,) = await brought_home(daemon)
        assert want.release
        assert (want.release.source, want.release.also) == ("prowlarr", ())
        assert want.download == household.world.catalogue.elsewhere[-1].info_hash
        assert household.world.prowlarr.indexer(PUBLIC).downloads.total() == 1
        assert household.world.mam.downloads == {}


async def test_what_the_tracker_demands_is_kept_whoever_hands_out_the_torrent(inhabit: Inhabit) -> None:
    async with inhabit(BOOKS_OF_THE_WORLD) as household:
        limit_seeding(household)
        async with Daemon.assembled(household.config) as daemon:
            await daemon.host.started()
            await daemon.doors.do("gather", {}, "test")
            wants = await brought_home(daemon)
        assert {want.release.source for want in wants if want.release} == {"mam"}
        assert {offer.source for want in wants if want.release for offer in want.release.also} == {"prowlarr"}
        for want in wants:
            transfer = household.world.qbittorrent.transfers[want.download or ""]
            assert (transfer.ratio_limit, transfer.seeding_time_limit) == (-1, -1)
            assert not transfer.stopped


def limit_seeding(household: Household) -> None:
    """Let the download client stop every torrent long before MyAnonamouse allows it."""
    downloads = household.world.qbittorrent.downloads
    downloads.max_ratio, downloads.max_seeding_time = 0.0, 0

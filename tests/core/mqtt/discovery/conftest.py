"""Daemons that know nothing, little and everything, as Home Assistant is told of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.mqtt.conftest import NOW, World, make_want

from audiobook_daemon.doors import BookDownload, FinishedDownloads, LastAdded, LibraryCounts, SettingValue
from audiobook_daemon.models import (
    Download,
    DownloadState,
    Health,
    InstanceStatus,
    JobStatus,
    Proposal,
    Run,
    RunOutcome,
    Standing,
    WantState,
)

SETTINGS: Mapping[str, SettingValue] = {
    "dry_run": False,
    "log_level": "info",
    "packs": "review",
    "min_seeders": 1,
    "keep_free_bytes": 12_500_000_000,
    "most_wanted": 20,
    "upgrade": True,
    "series_auto_grab": False,
    "authors_auto_grab": True,
}
RUN = Run("15f1", "hunt", "schedule", NOW, RunOutcome.SUCCESS, NOW + timedelta(seconds=12.4), 3, 2, 1, "2 of 3")
FAILED = replace(RUN, id="15f2", outcome=RunOutcome.FAILED, error="No answer in 30 s.")


class Known(World):
    """A world in which every question has an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.standing_of: dict[str, Standing] = {}
        self.settings_now: Mapping[str, SettingValue] = {}
        self.lists: dict[str, bool] = {}
        self.finished_now = FinishedDownloads()

    def settings(self) -> Mapping[str, SettingValue]:
        return self.settings_now

    def adjusted(self) -> Collection[str]:
        return ()

    def auto_grab(self) -> Mapping[str, bool]:
        return self.lists

    def standings(self) -> Mapping[str, Standing]:
        return self.standing_of

    async def finished(self) -> FinishedDownloads:
        return self.finished_now


def empty() -> Known:
    """A daemon that has just been made."""
    world = Known()
    world.job_list, world.instance_list, world.counts, world.books = [], [], {}, LibraryCounts()
    return world


def bare() -> Known:
    """A daemon whose things have been named, and nothing more."""
    world = empty()
    world.job_list = [JobStatus("hunt", "*/30 * * * *", ())]
    world.instance_list = [
        InstanceStatus("mam", "mam", ("Indexer", "Tracker"), Health.STARTING),
        InstanceStatus("qbittorrent", "qbittorrent", ("DownloadClient",), Health.STARTING),
        InstanceStatus("top10", "top10", ("ImportList",), Health.STARTING),
    ]
    world.settings_now = SETTINGS
    world.lists = {"top10": False}
    world.standing_of = {"mam": Standing(NOW)}
    world.waiting = [make_want(WantState.REVIEW, release=None)]
    world.books = LibraryCounts(last_added=LastAdded("Dune"))
    return world


def full() -> Known:
    """A daemon in full swing, with troubles of every kind."""
    world = bare()
    world.job_list = [
        JobStatus("hunt", "*/30 * * * *", ("choose",), running=True, next_run=NOW + timedelta(hours=1), last_run=RUN),
        JobStatus("library-scan", "0 * * * *", ("mam.account",), last_run=FAILED),
        JobStatus("top_10", "0 3 * * sun", ("gather",), paused=True, last_run=replace(RUN, finished=None)),
    ]
    world.instance_list = [
        InstanceStatus("mam", "mam", ("Indexer", "Tracker"), Health.READY, since=NOW, version="1", latency=0.12),
        InstanceStatus("qbittorrent", "qbittorrent", ("DownloadClient",), Health.READY, since=NOW, version="5.0.4"),
        InstanceStatus("prowlarr-books", "prowlarr", ("Indexer",), Health.RESTING, "503", NOW, NOW),
        InstanceStatus("top10", "top10", ("ImportList",), Health.NEEDS_PERSON, "The login is wrong.", NOW),
    ]
    world.standing_of = {
        "mam": Standing(
            NOW, "Power User", 1.234, 1.0, 9 * 10**12, 7 * 10**12, 54_321, 12, NOW, 17, 50, 33,
            hit_and_runs=1, connectable=True, dangers=("One torrent was not seeded.",),
        )
    }  # fmt: skip
    proposal = Proposal(1, "Dune (Unabridged)", "mam", "7", why="The narrator differs.")
    world.waiting = [make_want(WantState.REVIEW, 7, proposals=(proposal,)), make_want(WantState.REVIEW, 8)]
    world.counts = {WantState.WANTED: 3, WantState.REVIEW: 2}
    download = Download("qbittorrent", "abc", DownloadState.DOWNLOADING, "", 0.5, 700_000_000, 3_250_000, 410)
    world.download_list = [BookDownload(download, "The Martian", "Andy Weir")]
    world.finished_now = FinishedDownloads(2, 1_300_000_000, 37, 22_000_000_000)
    world.books = LibraryCounts(
        1284, 412, 190, 51_000_000.0, 812_345_678_901, 2_100_000_000_000, 2, 37,
        LastAdded("Dune", "Frank Herbert", "Dune #1", "li_1", 75_600.0, NOW), 12, 3, 41, 93.5, 120, 150, 4, 3_000_000,
    )  # fmt: skip
    return world


@pytest.fixture(params=[empty, bare, full], ids=["empty", "bare", "full"])
def each_world(request: pytest.FixtureRequest) -> Known:
    world = request.param()
    assert isinstance(world, Known)
    return world

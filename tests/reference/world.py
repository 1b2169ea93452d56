"""A small daemon whose documents serve as examples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from audiobook_daemon.doors import (
    BookDownload,
    DaemonInfo,
    FinishedDownloads,
    LastAdded,
    LibraryCounts,
    SettingValue,
    Versions,
)
from audiobook_daemon.models import (
    Book,
    Download,
    DownloadState,
    Health,
    InstanceStatus,
    JobStatus,
    Proposal,
    Release,
    Run,
    RunOutcome,
    SeriesPlace,
    Standing,
    Want,
    WantState,
    Wish,
)

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)

INFO = DaemonInfo("1.2.0", NOW - timedelta(days=3))
HUNTED = Run(
    "15f1de12", "hunt", "schedule", NOW - timedelta(minutes=30), RunOutcome.SUCCESS,
    NOW - timedelta(minutes=30) + timedelta(seconds=12.4), 3, 2, 0, "choose: 2 of 3 books found. grab: 2 of 2 grabbed.",
)  # fmt: skip
FAILED = Run(
    "2c90a7f3", "charts", "mqtt", NOW - timedelta(hours=3), RunOutcome.FAILED, NOW - timedelta(hours=3, seconds=-2),
    error="top10: the site did not answer in 30 s.",
)  # fmt: skip
HUNT = JobStatus(
    "hunt", "*/30 * * * *", ("choose", "grab"), running=True, next_run=NOW + timedelta(minutes=30), last_run=HUNTED,
    description="Look for what is wanted.",
)  # fmt: skip
CHARTS = JobStatus("charts", "0 3 * * sun", ("gather",), next_run=NOW + timedelta(days=6), last_run=FAILED)
MAM = InstanceStatus("mam", "mam", ("Indexer", "Tracker"), Health.READY, since=NOW, version="1", latency=0.182)
QBITTORRENT = InstanceStatus(
    "qbittorrent", "qbittorrent", ("DownloadClient",), Health.RESTING, "qbittorrent: the connection was refused.",
    NOW - timedelta(minutes=4), NOW + timedelta(minutes=1), "v5.0.4",
)  # fmt: skip
JOBS, INSTANCES = (HUNT, CHARTS), (MAM, QBITTORRENT)
COUNTS = {
    WantState.WANTED: 12,
    WantState.REVIEW: 1,
    WantState.DOWNLOADING: 2,
    WantState.SHELVED: 37,
    WantState.OWNED: 4,
}

DUNE = Book("Dune", ("Frank Herbert",), series=(SeriesPlace("Dune", "1"),))
RELEASE = Release("mam", "917342", "Dune (Unabridged)", narrators=("Scott Brick",), size=612_400_000, runtime=75_600.0)
REVIEWED = Want(
    41, "dune", Wish(DUNE, origin="top10"), WantState.REVIEW, 3, "ambiguous", "Two readings fit equally well.",
    release=RELEASE, changed=NOW - timedelta(hours=1),
    proposals=(
        Proposal(1, "Dune (Unabridged)", "mam", "917342", "Scott Brick", "m4b", 612_400_000, "complete, 21.0 h"),
        Proposal(2, "Dune - Frank Herbert", "prowlarr", "88", None, "mp3", 540_000_000, "the reader is not known"),
    ),
)  # fmt: skip
STALLED = Want(
    42, "emma", Wish(Book("Emma", ("Jane Austen",)), origin="series_completion"), WantState.WANTED, 5, "stalled",
    "Nobody has seeded it for 24 h.", release=Release("mam", "5", "Emma", size=301_000_000),
    next_try=NOW + timedelta(days=1),
)  # fmt: skip
DOWNLOADS = (
    BookDownload(
        Download(
            "qbittorrent", "7d3c81", DownloadState.DOWNLOADING, progress=0.802, size=734_003_200, rate=3_250_000, eta=45
        ),
        "The Martian", "Andy Weir",
    ),
    BookDownload(Download("qbittorrent", "90ab12", DownloadState.QUEUED, size=301_000_000), "Emma", "Jane Austen"),
)  # fmt: skip
FINISHED = FinishedDownloads(3, 1_530_000_000, 412, 230_000_000_000)
LIBRARY = LibraryCounts(
    1284, 412, 190, 51_157_800.0, 812_345_678_901, 2_100_000_000_000, 2, 37,
    LastAdded("Dune", "Frank Herbert", "Dune #1", "li_8gch9ve09orgn4fdz8", 75_600.0, NOW - timedelta(minutes=12)),
    11, 5, 21, 91.3, 120, 150, 1, 402_000_000,
)  # fmt: skip
SAFE = Standing(
    NOW - timedelta(minutes=3), "Power User", 4.237, 1.0, 986_000_000_000, 232_700_000_000, 41_300, 2,
    NOW + timedelta(days=20), 12, 100, 78, hit_and_runs=0, connectable=True,
)  # fmt: skip
ENDANGERED = Standing(
    NOW, "User", 1.02, 1.0, 102_000, 100_000, unsatisfied=49, slots=50, free_slots=0,
    dangers=("The ratio is 1.02; below 1.00 the account loses its rights.",),
)  # fmt: skip
SETTINGS: Mapping[str, SettingValue] = {
    "dry_run": False, "log_level": "info", "packs": "review", "min_seeders": 2, "keep_free_bytes": 1_000_000_000,
    "most_wanted": 20, "upgrade": False, "series_auto_grab": True, "authors_auto_grab": False,
}  # fmt: skip
VERSIONS = Versions("1.2.0", "1.3.0", "Better covers.", "https://example.org/releases/1.3.0")

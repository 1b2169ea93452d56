"""Seeding goes on for as long as the tracker demands, whatever the usual limits of the client are."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import DownloadState, Release, Torrent, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_plugins.qbittorrent import QBittorrent
from audiobook_plugins.qbittorrent.records import CategoryRecord, PreferencesRecord
from audiobook_plugins.qbittorrent.seeding import ShareLimits, kept_rules, share_limits

Server = QBittorrentStandIn | RealQBittorrent
Rows = Callable[[], Awaitable[dict[str, dict[str, Any]]]]
Limit = Callable[..., Awaitable[None]]
Until = Callable[[QBittorrent, str, DownloadState], Awaitable[object]]
DAY = 24 * 60
HOURS_72 = 72 * 3600
UNLIMITED = {"ratioLimit": "-1", "seedingTimeLimit": "-1"}


def demanding(ratio: float | None = None, seconds: int | None = None) -> Release:
    return Release("tracker", "7", "A Book", seed_ratio=ratio, seed_time=seconds)


@pytest.mark.parametrize(
    ("release", "limits", "expected"),
    [
        (demanding(), ShareLimits(0.1, 1, 1), {}),
        (demanding(0.0, 0), ShareLimits(0.1, 1, 1), {}),
        (demanding(1.0, HOURS_72), ShareLimits(), {}),
        (demanding(seconds=HOURS_72), ShareLimits(time=3 * DAY), {}),
        (demanding(seconds=HOURS_72), ShareLimits(time=3 * DAY - 1), {"seedingTimeLimit": "4320"}),
        (demanding(seconds=HOURS_72 + 1), ShareLimits(time=3 * DAY), {"seedingTimeLimit": "4321"}),
        (demanding(seconds=HOURS_72), ShareLimits(ratio=99.0, time=9 * DAY), {"ratioLimit": "-1"}),
        (demanding(ratio=1.5), ShareLimits(ratio=1.5), {}),
        (demanding(ratio=1.5), ShareLimits(ratio=1.0), {"ratioLimit": "1.5"}),
        (demanding(ratio=1.5), ShareLimits(ratio=2.0, time=99 * DAY), {"seedingTimeLimit": "-1"}),
        (demanding(1.0, HOURS_72), ShareLimits(2.0, 9 * DAY), UNLIMITED),
        (demanding(1.0, HOURS_72), ShareLimits(idle=60), {"inactiveSeedingTimeLimit": "-1"}),
    ],
)
def test_only_a_limit_that_could_end_it_too_soon_is_changed(
    release: Release, limits: ShareLimits, expected: dict[str, str]
) -> None:
    assert kept_rules(release, limits) == expected


@pytest.mark.parametrize(
    ("preferences", "category", "expected"),
    [
        ({}, None, ShareLimits()),
        ({"max_ratio": 2, "max_seeding_time": 60, "max_inactive_seeding_time": 9}, None, ShareLimits()),
        ({"max_ratio": 0, "max_ratio_enabled": True}, None, ShareLimits(ratio=0)),
        ({"max_seeding_time": 60, "max_seeding_time_enabled": True}, {}, ShareLimits(time=60)),
        ({"max_inactive_seeding_time": 60, "max_inactive_seeding_time_enabled": True}, {}, ShareLimits(idle=60)),
        ({"max_ratio": 2, "max_ratio_enabled": True}, {"ratio_limit": -1}, ShareLimits()),
        ({"max_ratio": 2, "max_ratio_enabled": True}, {"ratio_limit": 0.5}, ShareLimits(ratio=0.5)),
        ({}, {"seeding_time_limit": 5, "inactive_seeding_time_limit": 6}, ShareLimits(time=5, idle=6)),
    ],
)  # fmt: skip
def test_the_limits_of_the_category_come_before_those_of_all(
    preferences: dict[str, object], category: dict[str, object] | None, expected: ShareLimits
) -> None:
    own = None if category is None else CategoryRecord.model_validate(category)
    assert share_limits(PreferencesRecord.model_validate(preferences), own) == expected


@pytest.fixture
def limit(server: Server) -> Limit:
    """Give the client limits for all torrents, as a person does: a ratio, minutes, or neither."""

    async def set_limits(ratio: float | None = None, minutes: int | None = None) -> None:
        wanted = {
            "max_ratio_enabled": ratio is not None,
            "max_ratio": -1 if ratio is None else ratio,
            "max_seeding_time_enabled": minutes is not None,
            "max_seeding_time": -1 if minutes is None else minutes,
        }
        if isinstance(server, QBittorrentStandIn):
            server.downloads.max_ratio, server.downloads.max_seeding_time = wanted["max_ratio"], minutes or -1
            return
        async with (
            server.session() as session,
            session.post("/api/v2/app/setPreferences", data={"json": json.dumps(wanted)}) as answer,
        ):
            assert answer.status == 200

    return set_limits


async def test_a_demanding_torrent_is_added_with_limits_of_its_own(
    plugin: QBittorrent, torrent: Torrent, limit: Limit, rows: Rows
) -> None:
    await limit(0.5, 30)
    await plugin.add(torrent, demanding(seconds=HOURS_72))
    row = (await rows())[torrent.info_hash]
    assert (row["ratio_limit"], row["seeding_time_limit"]) == (-1, 3 * DAY)


async def test_both_a_ratio_and_a_time_are_kept(
    plugin: QBittorrent, torrent: Torrent, limit: Limit, rows: Rows
) -> None:
    await limit(2.0, 9 * DAY)
    await plugin.add(torrent, demanding(1.0, HOURS_72))
    row = (await rows())[torrent.info_hash]
    assert (row["ratio_limit"], row["seeding_time_limit"]) == (-1, -1)


@pytest.mark.parametrize(
    ("ratio", "minutes", "release"),
    [
        (0.5, 30, demanding()),
        (3.0, None, demanding(ratio=1.0)),
        (None, 9 * DAY, demanding(seconds=HOURS_72)),
        (None, None, demanding(1.0, HOURS_72)),
    ],
)
async def test_limits_that_suffice_are_left_alone(
    plugin: QBittorrent,
    torrent: Torrent,
    limit: Limit,
    rows: Rows,
    ratio: float | None,
    minutes: int | None,
    release: Release,
) -> None:
    await limit(ratio, minutes)
    await plugin.add(torrent, release)
    row = (await rows())[torrent.info_hash]
    assert (row["ratio_limit"], row["seeding_time_limit"]) == (-2, -2)


async def test_it_really_goes_on_seeding(
    stand_in: QBittorrentStandIn,
    plugin_for: Callable[..., QBittorrent],
    torrent: Torrent,
    release: Release,
    lay_down: Callable[[Path], None],
    downloads: Path,
    until: Until,
) -> None:
    lay_down(downloads / "audiobooks")
    stand_in.downloads.max_seeding_time = 0
    plugin = plugin_for(stand_in.url)
    await plugin.add(torrent, replace(release, seed_time=HOURS_72))
    await until(plugin, torrent.info_hash, DownloadState.READY)
    transfer = stand_in.transfers[torrent.info_hash]
    async with asyncio.timeout(60):
        while transfer.seeding_seconds < 0.1:
            await asyncio.sleep(0.02)
    assert not transfer.stopped


async def test_without_a_demand_it_is_not_asked_for_its_limits(
    stand_in: QBittorrentStandIn, plugin_for: Callable[..., QBittorrent], torrent: Torrent, release: Release
) -> None:
    await plugin_for(stand_in.url).add(torrent, release)
    assert not any(served.path.endswith("app/preferences") for served in stand_in.requests)


@pytest.mark.parametrize("action", ["app/preferences", "torrents/categories"])
@pytest.mark.parametrize("fault", [Fault.HTML, Fault.EMPTY, Fault.LIST, Fault.SERVER_ERROR, Fault.NOT_FOUND])
async def test_while_the_limits_cannot_be_read_nothing_is_added(
    stand_in: QBittorrentStandIn,
    plugin_for: Callable[..., QBittorrent],
    torrent: Torrent,
    action: str,
    fault: Fault,
) -> None:
    plugin = plugin_for(stand_in.url)
    stand_in.faults.always(fault, f"/api/v2/{action}")
    with pytest.raises(Unavailable):
        await plugin.add(torrent, demanding(1.0))
    assert stand_in.added == {}
    stand_in.faults.clear()
    assert (await plugin.add(torrent, demanding(1.0))).id == torrent.info_hash

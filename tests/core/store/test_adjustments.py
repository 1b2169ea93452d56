from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.store import Adjustment, Database

HOUR = timedelta(hours=1)


async def test_each_value_comes_back_as_it_was(database: Database, now: datetime) -> None:
    assert await database.adjustments.all() == ()
    put: dict[str, tuple[bool | int | float | str, bool | int | float | str]] = {
        "dry_run": (True, False),
        "keep_free_bytes": (10**14, 1_000_000_000),
        "log_level": ("debug", "info"),
    }
    await database.adjustments.change(put)
    found = await database.adjustments.all()
    assert found == tuple(Adjustment(name, value, before, now) for name, (value, before) in put.items())
    assert [type(one.value) for one in found] == [bool, int, str]


async def test_a_second_time_replaces_the_first_and_others_stay(
    database: Database, now: datetime, pass_time: Callable[[timedelta], datetime]
) -> None:
    await database.adjustments.change({"packs": ("grab", "review"), "upgrade": (True, False)})
    later = pass_time(HOUR)
    await database.adjustments.change({"packs": ("never", "grab")}, ["nobody"])
    assert await database.adjustments.all() == (
        Adjustment("packs", "never", "grab", later),
        Adjustment("upgrade", True, False, now),
    )


async def test_all_of_it_or_none(database: Database) -> None:
    await database.adjustments.change({"packs": ("grab", "review")})
    before = await database.adjustments.all()
    with pytest.raises(Exception, match=r"NOT NULL|not-null|null value"):
        await database.adjustments.change({"upgrade": (True, None)}, ["packs"])  # type: ignore[dict-item]
    assert await database.adjustments.all() == before


async def test_they_outlive_the_daemon(address: str) -> None:
    async with Database.open(address) as database:
        await database.adjustments.change({"packs": ("grab", "review"), "upgrade": (True, False)})
        await database.adjustments.change({}, ["upgrade"])
    async with Database.open(address) as database:
        assert [one.name for one in await database.adjustments.all()] == ["packs"]

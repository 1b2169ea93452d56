"""The short fault matrix, on both databases; `make faults` runs a hundred books through every kind of fault."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.faults.kinds import KINDS
from tests.faults.running import Result, run

BOOKS = 5
SHORT = ("kill-acting", "full", "swap", "cookie", "locked")
"""The kinds that `mixed` does not go through, or not often enough."""


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[str | None]:
    if request.param == "sqlite":
        yield None
        return
    async with request.getfixturevalue("postgresql").fresh() as address:
        yield address


def judge(result: Result) -> None:
    assert not result.broken, "\n".join(result.broken)
    assert result.injected > 0


async def test_nothing_is_lost_when_everything_goes_wrong_at_once(tmp_path: Path, database: str | None) -> None:
    judge(await run("mixed", 1, BOOKS, tmp_path, database=database))


@pytest.mark.parametrize("kind", SHORT)
async def test_nothing_is_lost(tmp_path: Path, kind: str) -> None:
    if KINDS[kind].root and os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    judge(await run(kind, 1, BOOKS, tmp_path))

"""The short fault matrix, on both databases; `make faults` runs a hundred books through every kind of fault."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.faults.kinds import KINDS
from tests.faults.running import Result, run
from tests.postgresql.databases import Databases

BOOKS = 5
SHORT = ("kill-acting", "full", "swap", "cookie", "locked")
"""The kinds that `mixed` does not go through, or not often enough."""


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases | None:
    if request.param == "sqlite":
        return None
    found: Databases = request.getfixturevalue("postgresql")
    return found


def judge(result: Result) -> None:
    assert not result.broken, "\n".join(result.broken)
    assert result.injected > 0


async def test_nothing_is_lost_when_everything_goes_wrong_at_once(tmp_path: Path, databases: Databases | None) -> None:
    judge(await run("mixed", 1, BOOKS, tmp_path, databases=databases))


@pytest.mark.parametrize("kind", SHORT)
async def test_nothing_is_lost(tmp_path: Path, kind: str) -> None:
    if KINDS[kind].root and not may_mount(tmp_path):
        pytest.skip("nobody may mount a disk here")
    judge(await run(kind, 1, BOOKS, tmp_path))


def may_mount(folder: Path) -> bool:
    """Whether this process may mount a disk: root in a container often may not."""
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode:
        return False
    subprocess.run(["umount", folder], check=True)
    return True

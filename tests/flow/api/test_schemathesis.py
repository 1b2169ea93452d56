"""Whoever reads the description and asks at random always gets an answer that is described.

In a usual run each kind of database gets a part of what schemathesis can do, the actions are asked for as one
operation, and a wrong method is tried once for each address. `make api-fuzz` has all of it done on both; API_EXAMPLES
says how many random requests each operation gets.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.core.web.conftest import KEY, Served
from tests.core.web.openapi.serving import serving
from tests.core.web.openapi.world import furnish
from tests.postgresql.databases import Databases

SETTINGS = Path(__file__).with_name("schemathesis.toml")
USUAL = """
[phases.coverage]
unexpected-methods = ["TRACE"]
generate-duplicate-query-parameters = false
"""
"""What is added to the settings in a usual run."""
EXAMPLES = int(os.environ.get("API_EXAMPLES", "0"))
SEED = os.environ.get("API_SEED", "1")
WITHIN = 300.0 + 60.0 * EXAMPLES
"""Seconds; on a machine with much else to do it takes a multiple of what it takes alone."""


class Kind(NamedTuple):
    """A database, and which part of the work is done over it in a usual run."""

    name: str
    phases: str


KINDS = (Kind("sqlite", "coverage,stateful"), Kind("postgresql", "examples,fuzzing"))


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
async def furnished(kind: Kind, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    """A daemon over a database of this kind that holds something of everything."""
    if kind.name == "sqlite":
        async with serving(tmp_path, "sqlite://state.db") as served:
            await furnish(served.daemon.database)
            yield served
        return
    databases: Databases = request.getfixturevalue("postgresql")
    async with databases.fresh() as address, serving(tmp_path, address) as served:
        await furnish(served.daemon.database)
        yield served


async def test_every_answer_is_described(furnished: Served, kind: Kind, tmp_path: Path) -> None:
    if EXAMPLES:
        status, told = await schemathesis(furnished, tmp_path, SETTINGS, "-n", str(EXAMPLES))
    else:
        settings = tmp_path / "usual.toml"
        settings.write_text(SETTINGS.read_text() + USUAL)
        usual = ("--phases", kind.phases, "-n", "1", "--exclude-path-regex", "^/api/actions/[^{]")
        status, told = await schemathesis(furnished, tmp_path, settings, *usual)
    assert status == 0, told


async def schemathesis(served: Served, folder: Path, settings: Path, *more: str) -> tuple[int, str]:
    """Let schemathesis ask the daemon, and return its status and what it tells."""
    command = (
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings)),
        *("run", f"{served.address}/api/openapi.json", "-H", f"X-API-Key: {KEY}"),
        *("--checks", "all", "--exclude-path", "/api/events", "--seed", SEED, *more),
    )
    environ = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "hypothesis")}
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=PIPE, stderr=STDOUT, env=environ)
    try:
        told, _ = await asyncio.wait_for(process.communicate(), WITHIN)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, told.decode()

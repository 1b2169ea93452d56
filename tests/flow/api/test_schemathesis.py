"""Whoever reads the description and asks at random always gets an answer that is described."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest
from tests.core.web.conftest import KEY, Served
from tests.core.web.openapi.serving import serving
from tests.core.web.openapi.world import furnish

SETTINGS = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
SEED = os.environ.get("API_SEED", "1")
WITHIN = float(os.environ.get("API_SECONDS", "240"))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_every_answer_is_described(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    database = "sqlite://state.db" if kind == "sqlite" else request.getfixturevalue("postgresql_database")
    async with serving(tmp_path, database) as served:
        await furnish(served.daemon.database)
        status, told = await schemathesis(served, tmp_path)
    assert status == 0, told


async def schemathesis(served: Served, folder: Path) -> tuple[int, str]:
    """Let schemathesis ask the daemon, and return its status and what it tells."""
    command = (
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", SETTINGS),
        *("run", f"{served.address}/api/openapi.json", "-H", f"X-API-Key: {KEY}"),
        *("--checks", "all", "--exclude-path", "/api/events", "--seed", SEED, "-n", str(EXAMPLES)),
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

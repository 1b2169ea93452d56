"""The server of a test run, for every test that asks for it; without PostgreSQL it is skipped, on CI it fails."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from tests.postgresql.databases import Databases, shared_server
from tests.postgresql.programs import find


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The databases of the one server that all workers of a run share."""
    if find("postgres") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed")
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "postgresql"
    folder.mkdir(exist_ok=True)
    with shared_server(folder) as databases:
        yield databases


@pytest.fixture
async def postgresql_database(postgresql: Databases) -> AsyncIterator[str]:
    """The address of a migrated, empty database for one test."""
    async with postgresql.fresh() as address:
        yield address

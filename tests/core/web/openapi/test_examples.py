"""Every operation does what it promises with the example that its description shows."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
import pytest_asyncio
from tests.core.web.conftest import Served
from tests.core.web.openapi.asking import NOT_HERE, asked
from tests.core.web.openapi.serving import serving
from tests.core.web.openapi.world import furnish

from audiobook_daemon.http import session
from audiobook_daemon.store import Database
from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.live.stream import EventStream
from audiobook_daemon.web.operation import Operation

PROMISED = 67
OPERATIONS = [one for one in all_operations() if one.raw is not EventStream]
"""The stream does not end; it has tests of its own."""
READING = [one for one in OPERATIONS if one.method == "GET"]
CHANGING = [one for one in OPERATIONS if one.method != "GET"]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database that holds something of everything."""
    path = tmp_path_factory.mktemp("furnished") / "state.db"
    async with Database.open(f"sqlite://{path}") as database:
        await furnish(database)
    return path


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client that does not answer be asked again at once."""
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)


def over_a_copy(database: Path, folder: Path) -> AbstractAsyncContextManager[Served]:
    shutil.copy(database, folder / "state.db")
    return serving(folder, "sqlite://state.db")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def lasting(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A daemon for all that change nothing."""
    async with over_a_copy(furnished, tmp_path_factory.mktemp("lasting")) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def fresh(furnished: Path, tmp_path: Path) -> AsyncIterator[Served]:
    """A daemon for one that changes something."""
    async with over_a_copy(furnished, tmp_path) as served:
        yield served


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("operation", READING, ids=lambda one: one.name)
async def test_what_is_read_is_told(lasting: Served, operation: Operation) -> None:
    await answers_as_described(lasting, operation)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("operation", CHANGING, ids=lambda one: one.name)
async def test_what_is_asked_for_is_done(fresh: Served, operation: Operation) -> None:
    await answers_as_described(fresh, operation)


async def answers_as_described(served: Served, operation: Operation) -> None:
    status, kind, answer = await asked(served, operation)
    assert status == NOT_HERE.get(operation.name, operation.status), answer
    if status >= 400:
        assert answer["error"]["message"]
    elif operation.raw:
        assert kind == operation.raw.content_type or operation.raw.content_type.endswith("/*")
        assert answer
    else:
        assert answer["success"] is True
        assert answer.keys() >= {"data", "error", "timestamp"}


def test_all_promised_operations_are_there_once() -> None:
    numbers = [one.number for one in all_operations() if one.number is not None]
    assert sorted(numbers) == list(range(1, PROMISED + 1))

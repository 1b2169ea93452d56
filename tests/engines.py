"""All databases of a test run share the SQL that was compiled, and wait for no disk: no test cuts its own power."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from audiobook_daemon.store import engines

_TRUE_SYNCHRONOUS = engines._SYNCHRONOUS
_STATEMENTS = 5000
"""More than the product knows, so that none is forgotten and compiled again."""


@pytest.fixture(scope="session", autouse=True)
def quick_engines() -> Iterator[None]:
    """Let an engine speak the dialect of the first one of its kind that has met its database."""
    first: dict[str, Engine] = {}

    def create(url: str, **options: object) -> AsyncEngine:
        made = create_async_engine(url, query_cache_size=_STATEMENTS, **options)
        engine = made.sync_engine
        known = first.setdefault(engine.name, engine)
        if known.dialect.server_version_info is None:
            first[engine.name] = engine
        else:
            engine.dialect.initialize = _know_already  # type: ignore[method-assign]
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_async_engine", create)
        patch.setattr(engines, "_SYNCHRONOUS", "OFF")
        yield


@pytest.fixture
def true_engines(quick_engines: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test of the engines themselves: they are as they are outside of tests."""
    monkeypatch.setattr(engines, "create_async_engine", create_async_engine)
    monkeypatch.setattr(engines, "_SYNCHRONOUS", _TRUE_SYNCHRONOUS)


def _know_already(connection: Connection) -> None:
    """Ask no second database what the first one has told of itself."""

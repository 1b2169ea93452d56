"""Compiles a statement once: all databases of the tests share what SQLAlchemy has made of the statements before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from audiobook_daemon.store import engines

_STATEMENTS = 5000
"""More than the product knows, so that none is forgotten and compiled again."""


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Let an engine speak the dialect of the first one of its kind that has met its database."""
    first: dict[str, Engine] = {}

    def sharing(url: str, **options: object) -> AsyncEngine:
        made = create_async_engine(url, query_cache_size=_STATEMENTS, **options)
        engine = made.sync_engine
        known = first.setdefault(engine.name, engine)
        if known.dialect.server_version_info is None:
            first[engine.name] = engine
        else:
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_async_engine", sharing)
        yield

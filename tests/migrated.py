"""Migrates a database once: every new database of the tests is a copy of it, which is a hundred times as quick."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from audiobook_daemon.store import file

_make = file.make


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let a file that is new be a migrated database from the beginning."""

    @cache
    def content() -> bytes:
        from audiobook_daemon.store.migrations.upgrade import upgrade  # noqa: PLC0415 - most runs of few tests need none

        path = tmp_path_factory.mktemp("migrated") / "state.db"
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            connection.execute(text("PRAGMA journal_mode = WAL"))
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        return path.read_bytes()

    def make(path: Path) -> None:
        is_new = not path.exists()
        _make(path)
        if is_new:
            path.write_bytes(content())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "make", make)
        yield


@pytest.fixture
def empty_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test of the migration itself: a new file is empty, as it is outside of tests."""
    monkeypatch.setattr(file, "make", _make)

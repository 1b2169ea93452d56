"""What is written is on the disk when a write returns, as the engines are outside of tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from audiobook_daemon.store.address import read_address
from audiobook_daemon.store.engines import sqlite_engine

FULL = 2


@pytest.mark.usefixtures("true_engines")
async def test_a_writer_of_a_file_waits_for_the_disk_at_each_commit(tmp_path: Path) -> None:
    engine = sqlite_engine(read_address(f"sqlite://{tmp_path / 'state.db'}"), size=1, begin="BEGIN IMMEDIATE")
    async with engine.connect() as connection:
        assert await connection.scalar(text("PRAGMA synchronous")) == FULL
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
    await engine.dispose()

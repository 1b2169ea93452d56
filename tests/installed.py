"""Looks once for the plugins that are installed: each look reads the metadata of a hundred distributions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoints, entry_points

import pytest

from audiobook_daemon.host import discovery


@pytest.fixture(scope="session", autouse=True)
def found_once() -> Iterator[None]:
    """Let every daemon of the tests find what the first one has found; nothing is installed meanwhile."""

    @cache
    def found(group: str) -> EntryPoints:
        return entry_points(group=group)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discovery, "entry_points", found)
        yield

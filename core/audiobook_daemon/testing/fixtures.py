"""The fixtures; they import what they need when a test asks for them, for every pytest run loads this file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from audiobook_daemon.testing.hosting import PlugIn
    from audiobook_daemon.testing.site import FakeSite

T = TypeVar("T")


def _fixture(function: Callable[[], AsyncIterator[T]]) -> object:
    try:
        from pytest_asyncio import fixture  # noqa: PLC0415
    except ModuleNotFoundError:

        @pytest.fixture(name=function.__name__)
        def missing() -> None:
            pytest.fail(f"The fixture {function.__name__} needs pytest-asyncio.", pytrace=False)

        return missing
    return fixture(function)


@_fixture
async def fake_site() -> AsyncIterator[FakeSite]:
    """A site on loopback that answers what the test scripts."""
    from audiobook_daemon.testing.site import FakeSite  # noqa: PLC0415

    async with FakeSite() as site:
        yield site


@_fixture
async def plug_in() -> AsyncIterator[PlugIn]:
    """Plugs a plugin into a real host: `host = await plug_in(MyPlugin, MyConfig(...))`."""
    from audiobook_daemon.testing.hosting import PlugIn  # noqa: PLC0415

    async with PlugIn() as plug_in:
        yield plug_in

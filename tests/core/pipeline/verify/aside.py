"""Verifies one want, and knows what becomes of it when its release was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiobook_daemon.models import Want, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld


async def verify(world: SmallWorld, want: Want) -> Want:
    await world.pipeline.verify()
    return await world.now(want)


async def assert_put_aside(world: SmallWorld, want: Want, code: str, reason: str) -> None:
    """It is wanted again at once, and its release is blocked with the hash and the reason."""
    info_hash = want.download
    want = await verify(world, want)
    assert (want.state, want.code, want.reason) == (WantState.WANTED, code, reason)
    assert (want.release, want.download, want.path, want.torrent_files) == (None, None, None, ())
    assert want.next_try is None
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.key, blocked.info_hash, blocked.code) == ("Emma", info_hash, code)

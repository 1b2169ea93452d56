"""No wrong release is taken twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from audiobook_daemon.models import Want, Wish
from audiobook_daemon.store import Blocked, Database


async def test_a_want_sees_its_own_and_those_blocked_for_all(
    database: Database, want: Want, wish: Wish, now: datetime
) -> None:
    other, _ = await database.wants.add("other", wish)
    await database.blocklist.add(want.id, "mam", "1", "a" * 40, "wrong_runtime", "Six hours short.")
    await database.blocklist.add(other.id, "mam", "2", None, "failed", "No files.")
    await database.blocklist.add(None, "mam", "3", None, "fake", "Not audio.")
    own, for_all = await database.blocklist.for_want(want.id)
    assert own == Blocked(own.id, want.id, "mam", "1", "a" * 40, "wrong_runtime", "Six hours short.", now)
    assert (for_all.want_id, for_all.key) == (None, "3")
    assert [blocked.key for blocked in await database.blocklist.for_want(other.id)] == ["2", "3"]


async def test_blocking_again_renews_the_reason(
    database: Database, want: Want, pass_time: Callable[[timedelta], datetime]
) -> None:
    for want_id in (want.id, None):
        await database.blocklist.add(want_id, "mam", "1", "a" * 40, "failed", "First.")
        later = pass_time(timedelta(days=1))
        await database.blocklist.add(want_id, "mam", "1", None, "wrong", "Second.")
        blocked = [one for one in await database.blocklist.for_want(want.id) if one.want_id == want_id]
        assert [(one.code, one.reason, one.info_hash, one.added) for one in blocked] == [
            ("wrong", "Second.", "a" * 40, later)
        ]


async def test_a_release_can_be_allowed_again(database: Database, want: Want) -> None:
    await database.blocklist.add(want.id, "mam", "1", None, "failed", "No files.")
    (blocked,) = await database.blocklist.for_want(want.id)
    assert await database.blocklist.remove(blocked.id)
    assert await database.blocklist.for_want(want.id) == ()
    assert not await database.blocklist.remove(blocked.id)

"""Wants as a download queue says them: who counts, in which state, and what is known of the torrent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from audiobook_daemon.models import Book, Download, DownloadState, Release, Replaced, Want, WantState, Wish
from audiobook_daemon.store import Database, QueueState, WantFields

PassTime = Callable[[timedelta], datetime]
HASH = "a" * 40
HAS = WantFields(release=Release("mam", "1", "Emma"), client="qbittorrent", download=HASH)
BETTER = Replaced("shelf", "li_1", "/books/Emma")


async def add(database: Database, state: WantState, more: WantFields | None = None) -> Want:
    title = f"{state} {len(await database.wants.list(limit=500))}"
    fields: WantFields = {**(more or {}), "state": state}
    want, _ = await database.wants.add(title, Wish(Book(title)), **fields)
    return want


CASES: tuple[tuple[WantState, WantFields, bool, QueueState | None], ...] = (
    (WantState.CHOSEN, {"release": HAS["release"]}, False, QueueState.QUEUED),
    (WantState.DOWNLOADING, HAS, False, QueueState.DOWNLOADING),
    (WantState.DOWNLOADED, HAS, True, QueueState.COMPLETED),
    (WantState.VERIFIED, HAS, False, QueueState.COMPLETED),
    (WantState.SHELVED, HAS, False, QueueState.COMPLETED),
    (WantState.OWNED, HAS, False, QueueState.COMPLETED),
    (WantState.OWNED, {}, False, None),
    (WantState.REVIEW, {"release": HAS["release"]}, False, None),
    (WantState.REVIEW, HAS, False, QueueState.COMPLETED),
    (WantState.REVIEW, {}, True, QueueState.FAILED),
    (WantState.WANTED, {}, False, None),
    (WantState.WANTED, {"code": "unreadable"}, True, QueueState.FAILED),
    (WantState.WANTED, {"code": "retry"}, True, QueueState.QUEUED),
    (WantState.WANTED, {"code": "retry"}, False, None),
    (WantState.WANTED, {"replaces": BETTER}, True, QueueState.COMPLETED),
    (WantState.GIVEN_UP, {}, True, QueueState.ABANDONED),
    (WantState.GIVEN_UP, {}, False, None),
    (WantState.DROPPED, HAS, False, QueueState.ABANDONED),
    (WantState.DROPPED, {}, False, None),
)
"""How a want stands, what it has, whether something failed for it, and what a queue says."""


async def test_each_state_has_its_word_in_a_queue(database: Database) -> None:
    said: dict[int, QueueState | None] = {}
    for state, more, failed, word in CASES:
        want = await add(database, state, more)
        if failed:
            await database.blocklist.add(want.id, "mam", "0", None, "unreadable", "It could not be played.")
        await database.blocklist.add(want.id, "mam", "9", None, "rejected", "A person rejected it.")
        entry = await database.download_lists.get(want.id)
        assert (entry.state if entry else None) is word, (state, more, failed)
        if entry:
            assert (entry.want, entry.failures) == (want, int(failed)), "what a person rejected did not fail"
        said[want.id] = word
    for states in (None, *([word] for word in QueueState)):
        found, total = await database.download_lists.page(states)
        meant = {number for number, word in said.items() if word and (states is None or word in states)}
        assert ({entry.want.id for entry in found}, total) == (meant, len(meant))


async def test_a_torrent_that_was_once_there_makes_a_download(database: Database) -> None:
    want = await add(database, WantState.GIVEN_UP)
    await database.downloads.record(Download("qbittorrent", "b" * 40, DownloadState.STALLED), want_id=want.id)
    entry = await database.download_lists.get(want.id)
    assert entry
    assert (entry.state, entry.failures, entry.seen) == (QueueState.ABANDONED, 0, None)


async def test_a_shared_torrent_is_told_of_with_each_of_its_books(database: Database) -> None:
    for _ in range(2):
        await add(database, WantState.DOWNLOADING, HAS)
    await database.downloads.record(Download("qbittorrent", HASH, DownloadState.DOWNLOADING, progress=0.5))
    found, _ = await database.download_lists.page()
    assert [one.seen.download.progress if one.seen else None for one in found] == [0.5, 0.5]


async def test_the_queue_is_paged_and_what_is_due_is_found(
    database: Database, now: datetime, pass_time: PassTime
) -> None:
    waits = (None, timedelta(hours=-1), timedelta(), timedelta(hours=1))
    wants = []
    for wait in waits:
        pass_time(timedelta(minutes=1))
        wants.append((await add(database, WantState.CHOSEN, {"next_try": None if wait is None else now + wait})).id)
    page = database.download_lists.page
    assert [one.want.id for one in (await page(oldest_first=True, limit=3))[0]] == wants[:3]
    found, total = await page([QueueState.QUEUED], limit=2, offset=1)
    assert ([one.want.id for one in found], total) == ([wants[2], wants[1]], 4)
    found, total = await page([QueueState.QUEUED], due=now, oldest_first=True)
    assert ([one.want.id for one in found], total) == (wants[1:3], 2)
    assert await page([]) == ((), 0)


async def test_what_is_blocked_and_what_failed_is_paged(database: Database, want: Want, pass_time: PassTime) -> None:
    for number in range(3):
        pass_time(timedelta(minutes=1))
        await database.blocklist.add(want.id if number else None, "mam", str(number), None, "bad", "r")
        for _ in range(3 - number):
            await database.failed_attempts.record("download", f"mam:{number}", "Emma", "r", "bad" if number else None)
    found, total = await database.blocklist.page(limit=2)
    assert ([one.key for one in found], total) == (["2", "1"], 3)
    assert (await database.blocklist.page(want_id=want.id, source="mam"))[1] == 2
    assert (await database.blocklist.page(source="other"))[1] == 0
    assert await database.blocklist.get(found[0].id) == found[0]
    assert await database.blocklist.get(99) is None
    page = database.failed_attempts.page
    assert [one.item_id for one in (await page())[0]] == ["mam:2", "mam:1", "mam:0"]
    assert [one.attempt_count for one in (await page(worst_first=True, limit=1, offset=1))[0]] == [2]
    assert (await page(at_least=2, code="bad"))[1] == 1
    assert (await page(task="search"))[1] == 0
    assert [one.item_id for one in (await page(items=[("download", "mam:1")]))[0]] == ["mam:1"]
    assert await page(items=[]) == ((), 0)

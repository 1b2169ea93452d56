"""The state machine's memory: one transaction, one event, and people win."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from audiobook_daemon.models import Book, Proposal, Release, TorrentFile, Want, WantState, Wish
from audiobook_daemon.store import Conflict, Database, WantChanges
from audiobook_daemon.store import wants as room

PassTime = Callable[[timedelta], datetime]


async def test_a_new_want_is_wanted_and_logged(database: Database, wish: Wish, now: datetime) -> None:
    want, created = await database.wants.add("key", wish, code="listed", reason="Rank 3 in Fantasy.")
    assert created
    assert want == Want(
        want.id, "key", wish, WantState.WANTED, 1, "listed", "Rank 3 in Fantasy.", created=now, changed=now
    )
    assert await database.wants.get(want.id) == want
    (event,) = await database.events.newest(10)
    assert (event.at, event.kind, event.want_id) == (now, "want_added", want.id)
    assert (event.before, event.after, event.code, event.reason) == (None, "wanted", "listed", "Rank 3 in Fantasy.")


async def test_the_same_key_is_the_same_want(database: Database, want: Want, wish: Wish) -> None:
    again, created = await database.wants.add(want.key, replace(wish, origin="manual"), state=WantState.OWNED)
    assert not created
    assert again == want
    assert len(await database.events.newest(10)) == 1


async def test_a_want_may_be_born_owned(database: Database, wish: Wish) -> None:
    want, _ = await database.wants.add("key", wish, state=WantState.OWNED, library="shelf", item="li_1")
    assert (want.state, want.library, want.item) == (WantState.OWNED, "shelf", "li_1")


async def test_a_change_is_written_with_its_event(
    database: Database, want: Want, release: Release, pass_time: PassTime
) -> None:
    later = pass_time(timedelta(minutes=1))
    changed = await database.wants.change(
        want, state=WantState.CHOSEN, code="chosen", reason="It fits.", release=release, next_try=later
    )
    assert changed == replace(
        want,
        state=WantState.CHOSEN,
        code="chosen",
        reason="It fits.",
        release=release,
        next_try=later,
        version=2,
        changed=later,
    )
    assert await database.wants.get(want.id) == changed
    event, _ = await database.events.newest(10)
    assert (event.at, event.kind, event.want_id) == (later, "want_changed", want.id)
    assert (event.before, event.after, event.code, event.reason) == ("wanted", "chosen", "chosen", "It fits.")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"state": WantState.VERIFIED, "reason": "It is what was wanted."}, "want_changed"),
        ({"state": WantState.WANTED, "reason": "Nobody has it."}, "want_noted"),
        ({"code": "unavailable", "reason": "The library is down.", "faults": 1}, "want_noted"),
        ({"attempts": 1}, "want_noted"),
        ({"folder": "/library/Dune", "library": "shelf"}, None),
        ({"client": "qbittorrent", "download": "a" * 40, "torrent_files": (TorrentFile("a.m4b", 1),)}, None),
        ({"state": WantState.WANTED, "path": "/downloads/Dune"}, None),
    ],
)
async def test_a_change_that_tells_nothing_is_written_without_an_event(
    database: Database, want: Want, changes: WantChanges, kind: str | None
) -> None:
    changed = await database.wants.change(want, **changes)
    assert changed.version == want.version + 1
    assert await database.wants.get(want.id) == changed
    (added, *told) = reversed(await database.events.newest(10))
    assert added.kind == "want_added"
    assert [event.kind for event in told] == ([] if kind is None else [kind])


async def test_every_field_can_be_changed_and_cleared(
    database: Database, want: Want, release: Release, now: datetime
) -> None:
    other = Wish(Book("World Without End"))
    full = await database.wants.change(
        want,
        wish=other,
        state=WantState.SHELVED,
        code="c",
        reason="r",
        attempts=1,
        faults=2,
        next_try=now,
        release=release,
        proposals=(Proposal(1, "T", "mam", "1"),),
        approved=True,
        client="qbittorrent",
        download="a" * 40,
        torrent_files=(TorrentFile("a/b.m4b", 5_000_000_000),),
        path="/p",
        folder="/f",
        library="shelf",
        item="li",
    )
    assert full == Want(
        id=want.id,
        key=want.key,
        wish=other,
        state=WantState.SHELVED,
        version=2,
        code="c",
        reason="r",
        attempts=1,
        faults=2,
        next_try=now,
        release=release,
        proposals=(Proposal(1, "T", "mam", "1"),),
        approved=True,
        client="qbittorrent",
        download="a" * 40,
        torrent_files=(TorrentFile("a/b.m4b", 5_000_000_000),),
        path="/p",
        folder="/f",
        library="shelf",
        item="li",
        created=now,
        changed=now,
    )
    assert await database.wants.get(want.id) == full
    bare = await database.wants.change(full, release=None, torrent_files=(), next_try=None, download=None)
    assert await database.wants.get(want.id) == bare
    assert (bare.release, bare.torrent_files, bare.next_try, bare.download) == (None, (), None, None)
    assert bare.client == "qbittorrent"


async def test_a_person_who_was_faster_wins(database: Database, want: Want) -> None:
    dropped = await database.wants.change(want, state=WantState.DROPPED, code="person")
    with pytest.raises(Conflict, match="Die Säulen der Erde"):
        await database.wants.change(want, state=WantState.CHOSEN)
    assert await database.wants.get(want.id) == dropped
    assert [event.after for event in await database.events.newest(10)] == ["dropped", "wanted"]


async def test_of_many_at_once_exactly_one_wins(database: Database, want: Want) -> None:
    tries = [database.wants.change(want, attempts=number) for number in range(10)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    winners = [outcome for outcome in outcomes if isinstance(outcome, Want)]
    assert len(winners) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 9
    assert await database.wants.get(want.id) == winners[0]


async def test_no_change_without_its_event(database: Database, want: Want, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(room, "write_event", broken)
    with pytest.raises(RuntimeError, match="the log is full"):
        await database.wants.change(want, state=WantState.DROPPED)
    with pytest.raises(RuntimeError, match="the log is full"):
        await database.wants.add("another", want.wish)
    assert await database.wants.get(want.id) == want
    assert await database.wants.by_key("another") is None


async def test_wants_are_found_by_key_and_by_download(database: Database, want: Want) -> None:
    want = await database.wants.change(want, download="b" * 40)
    assert await database.wants.by_key(want.key) == want
    assert await database.wants.by_download("b" * 40) == (want,)
    assert await database.wants.by_key("unknown") is None
    assert await database.wants.by_download("c" * 40) == ()
    assert await database.wants.get(want.id + 1) is None


async def test_wants_are_found_by_what_their_key_holds(database: Database, wish: Wish) -> None:
    emma, _ = await database.wants.add("emma|jane austen||", wish)
    other, _ = await database.wants.add("persuasion|jane austen||", wish)
    await database.wants.add("jane austen|somebody||", wish)
    assert await database.wants.containing(["|jane austen|"]) == (emma, other)
    assert await database.wants.containing(["|nobody|", "emma|"]) == (emma,)
    assert await database.wants.containing(["%", "|jane_austen|"]) == ()
    assert await database.wants.containing([]) == ()


async def test_wants_are_found_by_their_ids_however_these_are_written(database: Database) -> None:
    book = Book("Dune", isbn="978-0-441-01359-3", asin="B002V1OF70", other_ids=("b00000000a", "0441013597"))
    dune, _ = await database.wants.add("dune", Wish(book))
    await database.wants.add("emma", Wish(Book("Emma", isbn="9780141439587")))
    await database.wants.add("bare", Wish(Book("Bare")))
    for known in ("9780441013593", "B002V1OF70", "b002v1of70", "B00000000A", "0-441-01359-7"):
        assert await database.wants.with_ids([known]) == (dune,)
    assert await database.wants.with_ids(["B002V1OF7", "97804410135930"]) == ()
    assert await database.wants.with_ids([]) == ()
    dune = await database.wants.change(dune, wish=Wish(Book("Dune", asin="B000000000")))
    assert await database.wants.with_ids(["B002V1OF70"]) == ()
    assert await database.wants.with_ids(["B000000000"]) == (dune,)


async def test_the_untried_are_due_by_rank_then_the_longest_waiting(database: Database, now: datetime) -> None:
    async def add(key: str, rank: int | None, wait: int | None, state: WantState = WantState.WANTED) -> None:
        next_try = None if wait is None else now + timedelta(minutes=wait)
        await database.wants.add(key, Wish(Book(key), rank=rank), state=state, next_try=next_try)

    await add("fifth", 9, -1)
    await add("third", 2, None)
    await add("fourth", None, -20)
    await add("second", 1, None)
    await add("first", None, None)
    await add("at this very moment", 1, 0)
    await add("not yet", None, 1)
    await add("elsewhere", None, None, WantState.CHOSEN)
    due = [want.key for want in await database.wants.due(WantState.WANTED, now, 10)]
    assert due == ["first", "second", "third", "fourth", "fifth", "at this very moment"]
    assert [want.key for want in await database.wants.due(WantState.WANTED, now, 2)] == ["first", "second"]


async def test_due_compares_moments_not_clock_faces(database: Database, wish: Wish, now: datetime) -> None:
    tokyo = timezone(timedelta(hours=9))
    await database.wants.add(
        "key", wish, next_try=(now + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-8)))
    )
    assert await database.wants.due(WantState.WANTED, now.astimezone(tokyo), 10) == ()
    assert len(await database.wants.due(WantState.WANTED, (now + timedelta(minutes=1)).astimezone(tokyo), 10)) == 1


async def test_lists_show_the_last_change_first_page_by_page(
    database: Database, wish: Wish, pass_time: PassTime
) -> None:
    wants = []
    for number in range(5):
        pass_time(timedelta(seconds=1))
        want, _ = await database.wants.add(str(number), wish)
        wants.append(want)
    pass_time(timedelta(seconds=1))
    await database.wants.change(wants[0], state=WantState.REVIEW)
    assert [want.key for want in await database.wants.list()] == ["0", "4", "3", "2", "1"]
    assert [want.key for want in await database.wants.list(limit=2, offset=1)] == ["4", "3"]
    assert [want.key for want in await database.wants.list({WantState.REVIEW, WantState.CHOSEN})] == ["0"]
    assert await database.wants.list(()) == ()


async def test_counts_name_every_state(database: Database, want: Want, wish: Wish) -> None:
    await database.wants.add("another", wish)
    await database.wants.change(want, state=WantState.REVIEW)
    expected = dict.fromkeys(WantState, 0) | {WantState.REVIEW: 1, WantState.WANTED: 1}
    assert await database.wants.counts() == expected

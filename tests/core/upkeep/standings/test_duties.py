"""What must still be seeded and is not, is told with the account; what nobody can know is not told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Unavailable
from audiobook_daemon.models import Download, DownloadState

if TYPE_CHECKING:
    from tests.core.upkeep.standings.conftest import Office

HOUR = 3600


async def dangers(office: Office, *, after: float = 1) -> tuple[str, ...]:
    """Ask after some hours, and return what was added to what the tracker says itself."""
    office.pass_by(hours=after)
    await office.ask()
    return office.known().dangers


def change(office: Office, number: str, **changes: object) -> None:
    office.client.listed[number] = replace(office.client.listed[number], **changes)  # type: ignore[arg-type]


async def test_what_is_seeded_is_in_no_danger(office: Office) -> None:
    number = await office.downloaded("Emma")
    assert await dangers(office) == ()
    assert office.client.asked == [(number,)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seeding": False}, "is stopped in client before it was seeded for 72 hours: Emma."),
        ({"seeding": None, "state": DownloadState.STOPPED}, "is stopped in client before"),
        ({"seeding": False, "seeding_time": None}, "is stopped in client before"),
        ({"seeding": False, "state": DownloadState.FAILED}, "cannot be seeded for a fault in client before"),
    ],
)
async def test_what_is_not_seeded_is_a_danger_until_it_is(
    office: Office, changes: dict[str, object], words: str
) -> None:
    number = await office.downloaded("Emma")
    change(office, number, **changes)
    (danger,) = await dangers(office)
    assert danger.startswith(f"1 torrent {words}")
    (event,) = office.seen()
    assert event.standing.dangers == (danger,)
    change(office, number, seeding=True, state=DownloadState.READY)
    assert await dangers(office) == ()


async def test_the_clients_own_count_decides_however_long_ago_it_was_complete(office: Office) -> None:
    number = await office.downloaded("Emma")
    change(office, number, seeding=False, seeding_time=72 * HOUR - 1)
    assert len(await dangers(office, after=20 * 24)) == 1
    change(office, number, seeding_time=72 * HOUR)
    assert await dangers(office) == ()
    change(office, number, seeding_time=0)
    assert await dangers(office, after=10 * 24) == (), "after a month the site itself will tell"


async def test_without_a_count_nobody_can_tell_later(office: Office) -> None:
    number = await office.downloaded("Emma")
    change(office, number, seeding=False, seeding_time=None)
    assert len(await dangers(office, after=71)) == 1
    assert await dangers(office, after=1) == ()


async def test_what_is_gone_is_told_when_it_is_missed_again(office: Office) -> None:
    """A client that has just started does not list everything yet."""
    number = await office.downloaded("Emma")
    known = office.client.listed.pop(number)
    assert await dangers(office) == ()
    assert await dangers(office) == ("1 torrent is gone from client before it was seeded for 72 hours: Emma.",)
    office.begin()
    await office.house.ledger.load()
    assert len(await dangers(office)) == 1, "a restart is no reason to take it back"
    office.client.listed[number] = known
    assert await dangers(office) == ()


async def test_what_went_after_its_time_is_nobodys_affair(office: Office) -> None:
    await office.downloaded("Emma")
    office.client.listed.clear()
    for _ in range(2):
        assert await dangers(office, after=72) == ()


async def test_a_client_that_is_away_changes_nothing(office: Office) -> None:
    number = await office.downloaded("Emma")
    change(office, number, seeding=False)
    found = await dangers(office)
    office.client.trouble = Unavailable("It is down.")
    assert await dangers(office) == found
    office.begin()
    await office.house.ledger.load()
    assert await dangers(office) == found


async def test_dangers_are_told_also_while_the_tracker_itself_is_away(office: Office) -> None:
    number = await office.downloaded("Emma")
    await office.ask()
    at = office.now
    office.seen()
    office.mam.trouble = Unavailable("It is down.")
    change(office, number, seeding=False)
    assert len(await dangers(office)) == 1
    (event,) = office.seen()
    assert event.standing.at == at


async def test_all_are_asked_for_in_one_question_and_told_in_one_sentence(office: Office) -> None:
    numbers = [await office.downloaded(f"Book {letter}") for letter in "ABCDEFG"]
    for number in numbers:
        change(office, number, seeding=False)
    (danger,) = await dangers(office)
    assert danger == (
        "7 torrents are stopped in client before they were seeded for 72 hours: "
        "Book A, Book B, Book C, Book D, Book E and 2 more."
    )
    assert office.client.asked == [tuple(numbers)]


async def test_only_what_a_tracker_of_ours_offered_is_its_affair(office: Office) -> None:
    await office.have("mam", "other")
    office.other.says = {"seed_time": 24 * HOUR}
    for name, source in (("Emma", "other"), ("Evelina", "prowlarr")):
        change(office, await office.downloaded(name, source=source, seed_time=None), seeding=False)
    await office.ask()
    assert office.known("mam").dangers == ()
    (danger,) = office.known("other").dangers
    assert danger == "1 torrent is stopped in client before it was seeded for 24 hours: Emma."


async def test_a_tracker_that_wants_no_seeding_has_no_torrents_watched(office: Office) -> None:
    del office.mam.says["seed_time"]
    change(office, await office.downloaded("Emma"), seeding=False)
    assert await dangers(office) == ()
    assert office.client.asked == []


async def test_a_download_under_way_is_not_asked_for(office: Office) -> None:
    await office.database.downloads.record(Download("client", "f" * 40, DownloadState.STOPPED, "Sanditon", 0.5))
    assert await dangers(office) == ()
    assert office.client.asked == []


async def test_a_long_name_is_cut(office: Office) -> None:
    change(office, await office.downloaded("A" * 500), seeding=False)
    (danger,) = await dangers(office)
    assert len(danger) < 200

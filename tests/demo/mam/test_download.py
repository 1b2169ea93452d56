from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from audiobook_daemon.demo.mam import MamStandIn

if TYPE_CHECKING:
    from tests.demo.mam.conftest import Books, Clock, Member

Sample = Callable[[str], Any]
DOWNLOAD = "/tor/download.php"


async def test_a_torrent_file_is_handed_out_and_counted(member: Member, site: MamStandIn, books: Books) -> None:
    answer = await member.download(books.alice.id)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/x-bittorrent"
    assert answer.headers["Content-Disposition"] == ('attachment; filename="Alices Adventures  Other Tales.torrent"')
    assert answer.body == books.alice.torrent
    await member.download(books.alice.id)
    assert site.downloads == {books.alice.id: 2}
    assert site.account.unsatisfied == 1
    assert site.account.wedges == 3


async def test_the_secret_link_needs_no_session(member: Member, site: MamStandIn, books: Books) -> None:
    row = (await member.search(id=books.alice.id, with_dlLink=""))["data"][0]
    member.cookie = None
    answer = await member.get(f"{DOWNLOAD}/{row['dl']}")
    assert answer.body == books.alice.torrent
    assert (await member.get(f"{DOWNLOAD}/guessed?tid={books.alice.id}")).status == 404
    assert site.downloads == {books.alice.id: 1}


async def test_fl_spends_a_wedge_by_being_there(member: Member, site: MamStandIn, books: Books) -> None:
    await member.get(DOWNLOAD, tid=str(books.alice.id), fl="0")
    assert site.account.wedges == 2
    assert site.desk.wedges_spent == {books.alice.id: 1}


async def test_a_burst_is_answered_with_429_until_the_window_has_passed(
    member: Member, site: MamStandIn, clock: Clock, books: Books
) -> None:
    site.desk.burst = 2
    statuses = [(await member.download(books.alice.id)).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    clock.time += timedelta(seconds=4)
    refused = await member.download(books.alice.id)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "6")
    assert refused.cookie, "the session is fine"
    site.desk.tell_wait = False
    assert "Retry-After" not in (await member.download(books.alice.id)).headers
    clock.time += timedelta(seconds=6)
    assert (await member.download(books.alice.id)).status == 200
    assert site.downloads[books.alice.id] == 3


async def test_downloads_a_second_apart_are_never_too_many(member: Member, clock: Clock, books: Books) -> None:
    for _ in range(30):
        assert (await member.download(books.alice.id)).status == 200
        clock.time += timedelta(seconds=1)


async def test_vip_torrents_are_for_vips(
    member: Member, site: MamStandIn, books: Books, clock: Clock, sample: Sample
) -> None:
    assert (await member.download(books.beagle.id)).status == 200
    site.account.vip_until = clock.time - timedelta(days=1)
    refused = await member.download(books.beagle.id)
    expected = sample("download_refusals.json")[1]
    assert (refused.status, refused.text) == (expected["status"], expected["body"])
    site.account.classname = "Elite VIP"
    assert (await member.download(books.beagle.id)).status == 200


async def test_going_over_the_unsatisfied_limit_freezes_downloads_for_a_day(
    member: Member, site: MamStandIn, clock: Clock, books: Books, sample: Sample
) -> None:
    site.account.unsatisfied_limit = 1
    assert (await member.download(books.alice.id)).body == books.alice.torrent
    assert (await member.download(books.alice.id)).body == books.alice.torrent, "the same again is no new one"
    refused = await member.download(books.numbers.id)
    assert refused.status == 200
    assert refused.headers["Content-Type"].startswith("text/html")
    expected = sample("download_refusals.json")[0]["body"]
    assert refused.text == expected.replace("2026-09-30 11:02:03", "2026-10-01 12:00:00").replace(
        "1d 02:04:02", "1d 00:00:00"
    )
    clock.time += timedelta(hours=2, seconds=3)
    site.account.unsatisfied = 0
    assert "<td>21:59:57</td>" in (await member.download(books.alice.id)).text
    clock.time += timedelta(hours=22)
    assert (await member.download(books.numbers.id)).body == books.numbers.torrent


async def test_a_torrent_that_is_gone(member: Member, sample: Sample) -> None:
    expected = sample("download_refusals.json")[3]
    answer = await member.download(123)
    assert (answer.status, answer.text) == (expected["status"], expected["body"])


async def test_the_site_notices_a_download_late(member: Member, clock: Clock, books: Books) -> None:
    await member.download(books.alice.id)
    assert (await member.search(id=books.alice.id))["data"][0]["my_snatched"] == 0
    assert await member.ids(with_my_snatched="") == []
    clock.time += timedelta(minutes=20)
    assert (await member.search(id=books.alice.id))["data"][0]["my_snatched"] == 1
    assert await member.ids(with_my_snatched="") == [books.alice.id]

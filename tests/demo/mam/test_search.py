from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.mam import MamStandIn
from audiobook_daemon.torrents import read_torrent

if TYPE_CHECKING:
    from tests.demo.mam.conftest import Books, Member

Sample = Callable[[str], Any]
SEARCH = "/tor/js/loadSearchJSONbasic.php"


async def test_nothing_found_is_an_object_without_data(member: Member, books: Books, sample: Sample) -> None:
    assert await member.search(text="nowhere") == sample("search_empty_error.json")
    beyond = await member.search(text="", startNumber=100)
    assert beyond == {"error": "Nothing returned, out of 4"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("alice", {900101, 900130}),
        ("ALICE carroll", {900101, 900130}),
        ("alice leblanc", set()),
        ("marchbanks", {900101}),
        ("wonderland", {900101}),
        ("alice adventures", {900101}),
        ("alice's", {900101}),
        ("alice s", {900101}),
        ("alices", set()),
        ('"adventures other"', {900101}),
        ('"other adventures"', set()),
        ('"813"|"beagle"', {900120, 910002}),
        ("813 | beagle", {900120, 910002}),
        ("ali*", {900101, 900130}),
        ("ali", set()),
        ("alice -print", {900101}),
        ("unabridged", set()),
        ("  ", {910002, 900101, 900120, 900130}),
    ],
)
async def test_the_text_is_looked_for(member: Member, text: str, found: set[int]) -> None:
    assert set(await member.ids(text=text)) == found


@pytest.mark.parametrize("chosen", [["title"], {"title": "true"}, {"title": "true", "author": "false"}])
async def test_only_the_chosen_fields_are_searched(member: Member, chosen: object) -> None:
    assert await member.ids(text="carroll", srchIn=chosen) == []
    assert set(await member.ids(text="alice", srchIn=chosen)) == {900101, 900130}


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("author", "darwin", 910002),
        ("narrator", "ashgrove", 910002),
        ("series", "lupin", 900120),
        ("series", "arsène lupin", 900120),
        ("tags", "1839", 910002),
        ("description", "second", 910002),
        ("filenames", "epub", 900130),
        ("fileTypes", "mp3", 900120),
    ],
)
async def test_every_field_can_be_searched(member: Member, field: str, text: str, found: int) -> None:
    assert await member.ids(text=text, srchIn=[field]) == [found]


@pytest.mark.parametrize(
    ("tor", "found"),
    [
        ({"main_cat": [13]}, {910002, 900101, 900120}),
        ({"main_cat": ["14"]}, {900130}),
        ({"cat": [44, "40"]}, {900101, 900120}),
        ({"cat": [0]}, {910002, 900101, 900120, 900130}),
        ({"cat": ["0"], "main_cat": []}, {910002, 900101, 900120, 900130}),
        ({"browse_lang": [36]}, {900120}),
        ({"browse_lang": []}, set()),
        ({"startDate": "2026-05-01"}, {900101, 900120}),
        ({"startDate": "2026-05-02"}, {900101}),
        ({"endDate": "2026-05-01"}, {910002, 900130}),
        ({"startDate": int(datetime(2026, 5, 1, tzinfo=UTC).timestamp())}, {900101, 900120}),
        ({"startDate": "", "endDate": ""}, {910002, 900101, 900120, 900130}),
        ({"searchType": "active"}, {910002, 900101, 900130}),
        ({"searchType": "inactive"}, {900120}),
        ({"searchType": "fl"}, {900120}),
        ({"searchType": "fl-VIP"}, {900120, 910002}),
        ({"searchType": "nVIP"}, {900101, 900120, 900130}),
        ({"searchIn": "bookmarks"}, set()),
        ({"searchIn": "allReseed"}, {900120}),
        ({"searchIn": "u990001"}, {910002, 900101, 900120, 900130}),
        ({"searchIn": "u5"}, set()),
        ({"browseFlags": [32], "browseFlagsHideVsShow": 1}, {900120}),
        ({"browseFlags": ["32"], "browseFlagsHideVsShow": "0"}, {910002, 900101, 900130}),
        ({"minSize": 1, "unit": 1048576}, {910002, 900130}),
        ({"maxSize": 300, "unit": 1048576, "minSize": -1}, {910002, 900101, 900120}),
        ({"minSeeders": 1}, {910002, 900101, 900120, 900130}),
        ({"id": "900101", "text": "nowhere"}, {900101}),
    ],
)
async def test_filters(member: Member, tor: dict[str, object], found: set[int]) -> None:
    assert set(await member.ids(**tor)) == found


async def test_an_info_hash_overrides_everything(member: Member, books: Books) -> None:
    info_hash = read_torrent(books.numbers.torrent).info_hash
    assert await member.ids(hash=info_hash.upper(), text="nowhere") == [books.numbers.id]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("snatchedDesc", [900120, 910002, 900101, 900130]),
        ("dateDesc", [900101, 900120, 900130, 910002]),
        ("dateAsc", [910002, 900130, 900120, 900101]),
        ("titleAsc", [900120, 900130, 900101, 910002]),
        ("sizeDesc", [900130, 910002, 900101, 900120]),
        ("seedersDesc", [910002, 900130, 900101, 900120]),
        ("categoryAsc", [900120, 900101, 900130, 910002]),
        ("default", [900101, 900120, 900130, 910002]),
    ],
)
async def test_orders(member: Member, order: str, found: list[int]) -> None:
    assert await member.ids(sortType=order) == found


async def test_with_a_text_relevance_comes_first_and_is_told(member: Member, site: MamStandIn, books: Books) -> None:
    by_series = replace(books.numbers, id=999999, title="Other", series=(("Alice", "9"),))
    site.torrents = [by_series, books.alice]
    data = (await member.search(text="alice"))["data"]
    assert [row["id"] for row in data] == [books.alice.id, by_series.id]
    assert data[0]["w"] > data[1]["w"] > 1
    assert {row["w"] for row in (await member.search(text=""))["data"]} == {1}


async def test_paging(member: Member, site: MamStandIn, books: Books) -> None:
    site.torrents = [replace(books.alice, id=number) for number in range(1, 13)]
    page = await member.search(perpage=5, startNumber=10, sortType="dateDesc")
    assert (page["perpage"], page["start"], page["total"], page["found"]) == (5, 10, 12, 12)
    assert [row["id"] for row in page["data"]] == [2, 1]
    first = await member.search(perpage=5)
    assert (first["total"], first["found"], len(first["data"])) == (5, 12, 5)


@pytest.mark.parametrize(("asked", "given"), [(1, 5), (5000, 1000), ("50", 50), (None, 20), ("x", 20), (0, 20)])
async def test_the_page_size_is_clamped(member: Member, asked: object, given: int) -> None:
    assert (await member.search(perpage=asked))["perpage"] == given


async def test_a_post_ignores_the_page_size_anywhere_but_in_its_body(member: Member) -> None:
    body = {"tor": {"perpage": 50}}
    answer = await member.call("POST", f"{SEARCH}?perpage=50", json=body)
    assert answer.json["perpage"] == 20


@pytest.mark.parametrize("name", ["perpage", "tor[perpage]"])
async def test_a_get_takes_the_page_size_in_both_places(member: Member, name: str) -> None:
    assert (await member.get(SEARCH, **{name: "50"})).json["perpage"] == 50


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("index", ["[]", "[0]"])
async def test_queries_and_forms_name_their_arrays(member: Member, method: str, index: str, books: Books) -> None:
    pairs = {
        "tor[text]": "alice",
        "tor[srchIn][title]": "true",
        f"tor[main_cat]{index}": "13",
        "tor[startNumber]": "0",
        "isbn": "",
    }
    place = "params" if method == "GET" else "data"
    answer = await member.call(method, SEARCH, **{place: pairs})
    assert [row["id"] for row in answer.json["data"]] == [books.alice.id]
    assert "isbn" in answer.json["data"][0]


async def test_repeated_arrays_are_lists(member: Member) -> None:
    pairs = [("tor[cat][]", "44"), ("tor[cat][]", "40")]
    answer = await member.call("GET", SEARCH, params=pairs)
    assert {row["id"] for row in answer.json["data"]} == {900101, 900120}


async def test_a_body_that_is_no_json_finds_an_empty_page(member: Member) -> None:
    headers = {"Content-Type": "application/json", "Cookie": f"mam_id={member.cookie}"}
    url = f"{member.site.url}{SEARCH}"
    async with member.client.post(url, data="tor[text]=alice", headers=headers) as answer:
        assert (answer.status, await answer.read()) == (200, b"")

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.mam import MamStandIn, MamTorrent, RowShape

if TYPE_CHECKING:
    from tests.demo.mam.conftest import Books, Member

Sample = Callable[[str], Any]
Shape = Callable[[object], object]


async def test_a_row_is_the_row_of_the_sample(member: Member, books: Books, sample: Sample) -> None:
    expected = sample("search_page_4.json")["data"][0]
    given = (await member.search(id=books.beagle.id))["data"][0]
    assert len(given) == 35
    assert list(given) == list(expected)
    for row in (given, expected):
        for name in ("author_info", "narrator_info"):
            row[name] = sorted(json.loads(row[name]).values())
        for name in ("series_info", "mediainfo", "ownership", "categories"):
            row[name] = json.loads(row[name])
    assert given == expected


async def test_the_envelope_is_the_one_of_the_sample(member: Member, sample: Sample, shape: Shape) -> None:
    given = await member.search(perpage=5)
    assert {name: shape(given[name]) for name in given} == {
        name: shape(value) for name, value in sample("search_page_4.json").items()
    }


async def test_switches_add_the_members_of_the_sample(
    member: Member, books: Books, sample: Sample, shape: Shape
) -> None:
    expected = sample("search_extras.json")["data"][0]
    switches = {"with_dlLink": "", "with_isbn": True, "with_description": "true", "with_thumbnail": "true"}
    given = (await member.search(id=books.beagle.id, **switches))["data"][0]
    assert shape(given) == shape(expected)
    assert list(given)[35:] == list(expected)[35:]
    assert given["dl"].endswith(f"?tid={books.beagle.id}")
    assert given["isbn"] == expected["isbn"]
    assert given["description"] == expected["description"]


async def test_a_switch_counts_by_being_there_unless_it_says_false(member: Member, books: Books) -> None:
    row = (await member.search(id=books.alice.id, with_thumbnails=1, with_isbn="false"))["data"][0]
    assert row["thumbnail"] is None
    assert "isbn" not in row


async def test_the_older_shape_is_all_text(
    member: Member, site: MamStandIn, books: Books, sample: Sample, shape: Shape
) -> None:
    site.row_shape = RowShape.STRINGS
    given, expected = await member.search(), sample("search_legacy_strings.json")
    assert shape({**given, "data": None}) == shape({**expected, "data": None})
    row = next(row for row in given["data"] if row["id"] == str(books.beagle.id))
    assert shape(row) == shape(expected["data"][0])
    assert list(row) == list(expected["data"][0])
    assert row["size"] == str(276 * 1024**2)
    assert (given["total"], given["total_found"]) == ("4", "4")


async def test_text_carries_entities_and_people_are_json_in_text(member: Member, books: Books) -> None:
    row = (await member.search(id=books.alice.id))["data"][0]
    assert row["title"] == "Alice&#039;s Adventures &amp; Other &quot;Tales&quot;"
    assert list(json.loads(row["narrator_info"]).values()) == ["Zo&euml; Marchbanks"]
    assert list(json.loads(row["series_info"]).values()) == [
        ["Alice &amp; Friends", "1-2"],
        ["Wonderland", ""],
    ]
    assert row["mediainfo"] == "{}"


async def test_text_of_digits_becomes_a_number(member: Member, books: Books) -> None:
    row = (await member.search(id=books.numbers.id))["data"][0]
    assert (row["title"], row["tags"]) == (813, 2019)
    alice = (await member.search(id=books.alice.id, with_isbn=""))["data"][0]
    assert alice["isbn"] == 9780000000019


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (500, "500 B"),
        (1_040_588, "1,016.2 KiB"),
        (473_746_637, "451.8 MiB"),
        (2 * 1024**3, "2.0 GiB"),
        (1_429_365_116_109, "1.3 TiB"),
    ],
)
async def test_sizes_are_text_with_a_unit(member: Member, site: MamStandIn, size: int, text: str, books: Books) -> None:
    site.torrents = [replace(books.alice, size=size)]
    assert (await member.search())["data"][0]["size"] == text


async def test_permanent_vip_and_no_vip_both_have_no_end(member: Member, site: MamStandIn, books: Books) -> None:
    site.torrents = [replace(books.alice, vip=True), books.numbers]
    rows = (await member.search(sortType="seedersDesc"))["data"]
    states = [(row["vip"], row["vip_expire"], row["free"], row["fl_vip"]) for row in rows]
    assert states == [(1, 0, 0, 1), (0, 0, 1, 1)]


def test_a_torrent_of_an_unknown_category_is_refused() -> None:
    with pytest.raises(ValueError, match="category 999"):
        MamTorrent(id=1, title="x", torrent=b"", category=999)

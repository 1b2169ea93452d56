"""The traps of changing metadata and covers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.mp3 import make_mp3

Patch = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def item_id(
    put: Callable[[str, bytes], Path], scan: Callable[[], Awaitable[None]], server: AudiobookshelfStandIn
) -> str:
    put("Ada Lovett/The Orchard Cycle/Book 2 - The Iron Bough/1.mp3", make_mp3(1, AudioTags()))
    await scan()
    (item,) = server.shelf.items
    return item


@pytest.fixture
def patch(client: aiohttp.ClientSession, item_id: str) -> Patch:
    """Send a PATCH and give the media of the answer, with `updated` (None where the key is missing)."""

    async def send(tags: object = None, **metadata: object) -> dict[str, Any]:
        body = {"metadata": metadata} | ({} if tags is None else {"tags": tags})
        async with client.patch(f"/api/items/{item_id}/media", json=body) as answer:
            assert answer.status == 200
            document = await answer.json()
        media = document["libraryItem"]["media"]
        changed: dict[str, Any] = {**media["metadata"], "tags": media["tags"], "updated": document.get("updated")}
        return changed

    return send


def _names(metadata: dict[str, Any]) -> list[str]:
    return [author["name"] for author in metadata["authors"]]


def _places(metadata: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(series["name"], series["sequence"]) for series in metadata["series"]]


@pytest.mark.parametrize(
    ("sent", "kept"), [("Text", "Text"), (1999, "1999"), ("", None), (None, None), (["x"], "The Iron Bough")]
)
async def test_texts_numbers_and_nothing(patch: Patch, sent: object, kept: str | None) -> None:
    assert (await patch(title=sent))["title"] == kept


async def test_authors_as_plain_texts_remove_all_authors(patch: Patch) -> None:
    assert _names(await patch(authors=["Ada Lovett"])) == []


async def test_authors_keep_their_place_and_new_ones_go_to_the_end(patch: Patch) -> None:
    await patch(authors=[{"name": "Ada Lovett"}, {"name": "Ben Harrow"}])

    turned = await patch(authors=[{"name": "Cora Vane"}, {"name": "Ben Harrow"}, {"name": "ada lovett"}])

    assert _names(turned) == ["Ada Lovett", "Ben Harrow", "Cora Vane"]


async def test_an_author_without_books_comes_back_with_another_id(patch: Patch) -> None:
    before = (await patch(title="x"))["authors"]
    await patch(authors=[])

    after = (await patch(authors=[{"name": "Ada Lovett"}]))["authors"]

    assert before[0]["name"] == after[0]["name"]
    assert before[0]["id"] != after[0]["id"]


async def test_a_number_as_sequence_becomes_null(patch: Patch) -> None:
    assert _places(await patch(series=[{"name": "The Orchard Cycle", "sequence": 2}])) == [("The Orchard Cycle", None)]


async def test_series_that_are_not_listed_are_removed(patch: Patch) -> None:
    assert _places(await patch(series=[{"name": "Other", "sequence": "2.5"}])) == [("Other", "2.5")]


async def test_one_series_without_a_name_spoils_the_list(patch: Patch) -> None:
    changed = await patch(series=[{"name": "Other", "sequence": "1"}, {"sequence": "2"}])

    assert _places(changed) == [("The Orchard Cycle", "2")]
    assert changed["updated"] is None


async def test_lists_are_replaced_whole_with_their_doubles(patch: Patch) -> None:
    changed = await patch(tags=["a", "a", ""], narrators=["Nora", "Nora"], genres=["x"])

    assert (changed["tags"], changed["narrators"], changed["genres"]) == (["a", "a", ""], ["Nora", "Nora"], ["x"])


async def test_the_text_false_is_true(patch: Patch) -> None:
    changed = await patch(explicit="false", abridged=0)

    assert (changed["explicit"], changed["abridged"]) == (True, False)


async def test_a_description_keeps_only_harmless_tags(patch: Patch) -> None:
    sent = '<h1>A & B</h1><p>ok<br></p><script>steal()</script><a href="http://x.test">x</a>'

    changed = await patch(description=sent)

    assert changed["description"] == 'A &amp; B<p>ok<br /></p><a href="http://x.test">x</a>'


async def test_only_a_real_change_moves_the_time_of_the_update(
    patch: Patch, server: AudiobookshelfStandIn, item_id: str
) -> None:
    item = server.shelf.items[item_id]
    await patch(title="New")
    changed = item.updated_at

    assert (await patch(title="New"))["updated"] is None
    assert item.updated_at == changed
    assert (await patch(title="Newer"))["updated"] is True
    assert item.updated_at > changed


async def test_an_uploaded_cover_is_given_to_anybody(
    client: aiohttp.ClientSession, server: AudiobookshelfStandIn, item_id: str
) -> None:
    form = aiohttp.FormData()
    form.add_field("cover", b"picture", filename="my.jpg", content_type="image/jpeg")

    async with client.post(f"/api/items/{item_id}/cover", data=form) as answer:
        assert await answer.json() == {"success": True, "cover": f"/metadata/items/{item_id}/cover.jpg"}

    async with aiohttp.request("GET", f"{server.url}/api/items/{item_id}/cover") as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/jpeg", b"picture")


async def test_a_cover_that_is_no_picture_is_refused(client: aiohttp.ClientSession, item_id: str) -> None:
    form = aiohttp.FormData()
    form.add_field("cover", b"text", filename="my.txt")

    async with client.post(f"/api/items/{item_id}/cover", data=form) as answer:
        assert answer.status == 400


async def test_the_prefix_makes_no_difference(client: aiohttp.ClientSession, item_id: str) -> None:
    async with client.get(f"/audiobookshelf/api/items/{item_id}?expanded=1") as answer:
        assert (await answer.json())["id"] == item_id
    async with client.get("/audiobookshelf/api/me", headers={"Authorization": "Bearer wrong"}) as answer:
        assert (answer.status, await answer.text()) == (401, "Unauthorized")

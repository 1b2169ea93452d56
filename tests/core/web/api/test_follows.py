"""Following series and authors, and saying which names are one series."""

from __future__ import annotations

import pytest
from tests.core.web.api.conftest import TIDES, Shelves

from audiobook_daemon.store import Follow, MergeProposal, SeriesStanding


async def test_a_series_is_followed_by_a_rule_that_can_be_changed_until_it_is_no_longer(shelves: Shelves) -> None:
    served = shelves.served
    rule = {
        "kind": "series",
        "name": "The Tide Wardens",
        "author": "Mira Holt",
        "pace": 1,
        "languages": ["en"],
        "back": False,
    }
    status, answer = await served.asks("POST", "/api/follows", rule)
    told = answer["data"]
    assert (status, told["kind"], told["origin"], told["pace"], told["back"]) == (201, "series", "person", 1, False)
    assert (await served.gets(f"/api/series/{shelves.series}"))["follow"]["id"] == told["id"]
    again = await served.asks("POST", "/api/follows", {**rule, "pace": 3})
    assert (again[1]["data"]["id"], again[1]["data"]["pace"]) == (told["id"], 3)
    await served.asks("POST", "/api/follows", {"kind": "author", "name": "Mira Holt"})
    assert [one["kind"] for one in await served.gets("/api/follows")] == ["series", "author"]
    assert [one["kind"] for one in await served.gets("/api/follows?kind=author")] == ["author"]
    path = f"/api/follows/{told['id']}"
    assert (await served.asks("DELETE", path))[0] == 200
    assert (await served.asks("DELETE", path))[0] == (await served.asks("GET", path))[0] == 404
    assert [one.kind for one in await served.daemon.database.follows.all()] == ["author"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "series", "name": " "},
        {"kind": "series", "name": "A", "pace": 0},
        {"kind": "author", "name": "A", "languages": ["english"]},
    ],
)
async def test_a_rule_without_sense_is_refused(shelves: Shelves, body: dict[str, object]) -> None:
    status, answer = await shelves.served.asks("POST", "/api/follows", body)
    assert (status, answer["error"]["code"]) == (422, "invalid")
    assert await shelves.served.daemon.database.follows.all() == ()


async def test_what_the_configuration_follows_stays_followed(shelves: Shelves) -> None:
    follows = shelves.served.daemon.database.follows
    await follows.mirror(
        [Follow("author", "abel ida", "Ida Abel", rule={"author": "Ida Abel"}, origin="configuration")]
    )
    (known,) = await follows.all()
    status, answer = await shelves.served.asks("DELETE", f"/api/follows/{known.id}")
    assert (status, "configuration" in answer["error"]["message"]) == (409, True)
    assert await follows.all() == (known,)


async def test_two_names_become_one_series_or_stay_two(shelves: Shelves) -> None:
    served, database = shelves.served, shelves.served.daemon.database
    others = [SeriesStanding(f"{name}|", name) for name in ("wardens", "tides")]
    await database.series.save(others)
    await database.merges.propose([MergeProposal("series", TIDES, one.key, "Tide Wardens", "alike") for one in others])
    first, second = await served.gets("/api/merge-proposals")
    assert (first["one_id"], first["canonical"], first["state"]) == (shelves.series, "Tide Wardens", "open")
    status, answer = await served.asks("POST", f"/api/merge-proposals/{first['id']}/accept")
    assert (status, answer["data"]["state"], answer["data"]["other_id"]) == (200, "accepted", None)
    status, answer = await served.asks("POST", f"/api/merge-proposals/{second['id']}/refuse")
    assert (status, answer["data"]["state"]) == (200, "refused")
    assert await served.gets("/api/merge-proposals") == []
    assert sorted(one.name for one in await database.series.all()) == ["Tide Wardens", "tides"]
    for word in ("accept", "refuse"):
        assert (await served.asks("POST", f"/api/merge-proposals/99/{word}"))[0] == 404

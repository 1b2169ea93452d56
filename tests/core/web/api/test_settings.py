"""Settings over HTTP: read, set all or none, and given back to the file."""

from __future__ import annotations

import pytest
from tests.core.web.conftest import Served


async def test_settings_are_set_together_and_given_back_to_the_file(served: Served) -> None:
    before = {one["name"]: one for one in await served.gets("/api/settings")}
    assert before["min_seeders"]["most"] == 1000
    assert before["packs"]["options"] == ["never", "review", "grab"]
    status, answer = await served.asks("PUT", "/api/settings", {"values": {"dry_run": True, "min_seeders": 7}})
    assert status == 200, answer
    after = {one["name"]: one for one in answer["data"]}
    assert (after["min_seeders"]["value"], after["min_seeders"]["adjusted"]) == (7, True)
    assert served.daemon.configuration.dry_run is True
    _, reset = await served.asks("POST", "/api/settings/reset", {"names": ["dry_run"]})
    assert {one["name"]: one["value"] for one in reset["data"]}["dry_run"] is False
    assert served.daemon.configuration.choose.min_seeders == 7
    await served.asks("POST", "/api/settings/reset", {})
    assert await served.gets("/api/settings") == list(before.values())


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"dry_run": True, "min_seeders": "many"}, 422),
        ({"dry_run": True, "colour": "red"}, 422),
        ({"dry_run": True, "packs": "perhaps"}, 422),
        ({"dry_run": True, "auto_grab.nothing": True}, 422),
        ({"dry_run": None}, 422),
        ({}, 400),
    ],
)
async def test_one_wrong_setting_leaves_all_as_they_were(served: Served, values: object, status: int) -> None:
    found, answer = await served.asks("PUT", "/api/settings", {"values": values})
    assert found == status, answer
    assert served.daemon.configuration.dry_run is False
    assert not any(one["adjusted"] for one in await served.gets("/api/settings"))

"""A plan is a value: it can be read by people, written down and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.core.shelving.seeding import plan_of

from audiobook_daemon.shelving import Plan, Sidecar


def test_a_plan_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    cover = Sidecar("cover.jpg", source=tmp_path / "seeding" / "Book" / "cover.jpg")
    plan = plan_of(tmp_path, "Book/Ä.mp3", "Book/b.mp3", sidecars=(cover, Sidecar("metadata.json", text="{}")))
    assert Plan.from_json(json.loads(json.dumps(plan.as_json()))) == plan


def test_making_a_plan_touches_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Book/a.mp3")
    assert list(plan.root.iterdir()) == []


def test_people_read_which_file_goes_where(tmp_path: Path) -> None:
    cover = Sidecar("cover.jpg", source=tmp_path / "seeding" / "Book" / "front.jpg")
    plan = plan_of(tmp_path, "Book/b.mp3", "Book/c.mp3", sidecars=(cover, Sidecar("metadata.json", text="{}")))
    seeding = tmp_path / "seeding" / "Book"
    assert plan.lines("hardlink") == (
        f"to {tmp_path}/library/A/B: 2 files, 201 bytes by hardlink",
        f"from {seeding}",
        "  b.mp3 (100 bytes)",
        "  c.mp3 (101 bytes)",
        "  cover.jpg, a copy of front.jpg",
        "  metadata.json, written anew",
    )


@pytest.mark.parametrize("data", [{}, {"download": "/x"}, {"download": "/x", "root": 5}])
def test_what_is_no_plan_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Plan.from_json(data)


@pytest.mark.parametrize("size", [-1, 2**63, 10**400])
def test_a_file_of_a_size_that_no_file_has_is_no_part_of_a_plan(size: int) -> None:
    data = {
        "folder": "/b/A/T",
        "staging": "/b/.audiobook-daemon-1",
        "root": "/b",
        "download": "/d",
        "steps": [{"source": "/d/1.mp3", "name": "1.mp3", "size": size}],
    }
    with pytest.raises(ValueError, match="size"):
        Plan.from_json(data)

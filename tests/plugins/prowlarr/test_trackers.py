"""What Prowlarr tells of its indexers, and how little of it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from audiobook_daemon import Unavailable
from audiobook_plugins.prowlarr.trackers import Tracker, is_audiobook_name, read_trackers

Sample = Callable[[str], Any]


@pytest.fixture
def trackers(sample: Sample) -> dict[int, Tracker]:
    return {tracker.id: tracker for tracker in read_trackers(sample("indexer.json"))}


def field(name: str, value: object) -> dict[str, object]:
    return {"order": 0, "name": name, "value": value, "privacy": "normal"}


def read(*fields: object, **members: object) -> Tracker:
    entry = {"id": 1, "name": "One", "protocol": "torrent", "fields": list(fields), **members}
    (tracker,) = read_trackers([entry])
    return tracker


def test_torrent_indexers_that_are_switched_on_can_be_asked(trackers: dict[int, Tracker]) -> None:
    assert [tracker.id for tracker in trackers.values() if tracker.usable] == [1, 3, 4]


def test_no_secret_setting_is_read(trackers: dict[int, Tracker]) -> None:
    told = repr(trackers)
    assert "PLACEHOLDER_MAM_ID" not in told
    assert "********" not in told


def test_mam_is_known_by_its_kind_and_not_by_its_name(trackers: dict[int, Tracker]) -> None:
    assert [tracker.id for tracker in trackers.values() if tracker.mam] == [1]
    assert read(name="MyAnonamouse").mam is False
    assert read(name="books", implementation="MyAnonamouse").mam is True
    assert read(name="books", definitionName="myanonamouse").mam is True


def test_seed_rules_are_those_of_the_settings(trackers: dict[int, Tracker]) -> None:
    assert (trackers[4].seed_ratio, trackers[4].seed_time) == (1.5, 7 * 24 * 3600)
    assert (trackers[3].seed_ratio, trackers[3].seed_time) == (None, None)


@pytest.mark.parametrize(
    ("ratio", "minutes", "expected"),
    [
        (None, None, (1.0, 72 * 3600)), (0.5, 60, (1.0, 72 * 3600)), (2.5, 10_080, (2.5, 7 * 24 * 3600)),
        (0, -1, (1.0, 72 * 3600)), ("x", [], (1.0, 72 * 3600)),
    ],
)  # fmt: skip
def test_mam_demands_its_own_rules_at_least(ratio: object, minutes: object, expected: tuple[float, int]) -> None:
    fields = field("torrentBaseSettings.seedRatio", ratio), field("torrentBaseSettings.seedTime", minutes)
    tracker = read(*fields, implementation="MyAnonamouse")
    assert (tracker.seed_ratio, tracker.seed_time) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("useFreeleechWedge", 0, False), ("useFreeleechWedge", 1, True), ("useFreeleechWedge", 2, True),
        ("useFreeleechWedge", None, False), ("freeleech", True, True), ("freeleech", False, False),
    ],
)  # fmt: skip
def test_it_is_known_whether_mam_spends_wedges(name: str, value: object, expected: bool) -> None:
    assert read(field(name, value), implementation="MyAnonamouse").spends_wedges is expected
    assert read(field(name, value)).spends_wedges is False


def test_the_whole_tree_of_categories_is_known(trackers: dict[int, Tracker]) -> None:
    assert trackers[1].categories[3030] == "Audio/Audiobook"
    assert trackers[1].categories[100039] == "Audiobooks - Action/Adventure"
    assert trackers[4].categories == {3000: "Audio", 3010: "Audio/MP3", 3040: "Audio/Lossless", 100077: "Audiobooks"}


def test_only_categories_that_a_tracker_has_are_searched(trackers: dict[int, Tracker]) -> None:
    assert trackers[1].asked_for((3030,)) == (3030,)
    assert trackers[3].asked_for((3030, 3010, 3040)) == (3030, 3010)
    assert trackers[3].asked_for((3000,)) == (3000,)


def test_a_tracker_with_a_category_of_its_own_for_audiobooks_is_asked_for_that(trackers: dict[int, Tracker]) -> None:
    assert trackers[4].asked_for((3030,)) == (100077,)
    assert trackers[4].asked_for((3030, 3000)) == (3000, 100077)
    assert trackers[4].asked_for((3010,)) == (3010,)
    assert replace(trackers[4], categories={3010: "Audio/MP3"}).asked_for((3030,)) == ()


def test_a_tracker_that_names_no_categories_is_asked_for_all() -> None:
    assert read().asked_for((3030, 3010)) == (3030, 3010)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Audiobooks", True), ("Books - Audio Books", True), ("E-Learning/AudioBook", True), ("Hörbücher", True),
        ("Hoerbuch", True), ("Audiolivres", True), ("Livres audio", True), ("Audiolibros", True), ("Lydbøger", True),
        ("Luisterboeken", True), ("Books : Audio", True), ("Ebooks - Fantasy", False), ("Music", False), ("", False),
    ],
)  # fmt: skip
def test_audiobooks_have_many_names(name: str, expected: bool) -> None:
    assert is_audiobook_name(name) is expected


@pytest.mark.parametrize("entry", [{}, {"id": 0, "name": "x"}, {"id": 1}, {"id": "x", "name": "x"}])
def test_an_indexer_without_number_or_name_is_left_out(entry: object) -> None:
    assert read_trackers([entry]) == ()


@pytest.mark.parametrize(
    "members", [{"fields": 7, "capabilities": []}, {"capabilities": {"categories": [7, {"id": -1}]}}]
)
def test_odd_members_are_not_read(members: dict[str, object]) -> None:
    assert read_trackers([{"id": 1, "name": "One", **members}])[0].categories == {}


@pytest.mark.parametrize("document", [None, {}, "text", [1, "two", None]])
def test_what_is_no_list_of_indexers_is_unavailable(document: object) -> None:
    with pytest.raises(Unavailable, match="list of its indexers"):
        read_trackers(document)


@pytest.mark.parametrize("name", [[], {}, None, 7])
def test_a_setting_without_a_name_is_not_read(name: object) -> None:
    assert read({"name": name, "value": 3}) == read()

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from audiobook_daemon.mqtt import MqttSettings
from audiobook_daemon.mqtt.discovery.names import device_name, names_in
from audiobook_daemon.mqtt.discovery.tables import TABLES
from audiobook_daemon.mqtt.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
FITS_A_TILE = 24


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_has_a_name_and_there_are_no_others(language: Language) -> None:
    named = {part: set(names) for part, names in names_in(language).parts.items()}
    assert named == {part: {row.id for row in rows} for part, rows in TABLES.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_things_on_a_device_are_called_the_same(language: Language) -> None:
    parts = names_in(language).parts
    for names in (parts["daemon"], parts["job"], {**parts["service"], **parts["tracker"]}):
        assert [name for name, times in Counter(name.lower() for name in names.values()).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_fits_a_tile_and_begins_like_a_title(language: Language) -> None:
    names = [name for part in names_in(language).parts.values() for name in part.values()]
    assert [name for name in names if len(name) > FITS_A_TILE or name != name.strip() or name[0].islower()] == []
    assert len(names_in(language).device) <= 14


def test_languages_differ() -> None:
    assert len({names_in(language).device for language in LANGUAGES}) == len(LANGUAGES)


def test_a_second_daemon_can_be_told_from_the_first() -> None:
    assert device_name(MqttSettings()) == "Audiobooks"
    assert device_name(MqttSettings(base="attic/books")) == "Audiobooks (attic/books)"

"""What can be set while the daemon runs is refused or taken as the file would be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from tests.core.config.conftest import Loader

from audiobook_daemon.config import (
    Configuration,
    InvalidConfiguration,
    UnfitValue,
    UnknownSetting,
    adjusted,
    setting_called,
    settings_of,
    shown,
    value_of,
)
from audiobook_daemon.config.adjusting import SETTINGS, Kind, Setting

FILE = """\
dry_run: no
log: {level: warning, format: json}
choose: {languages: [de, en], min_seeders: 2, max_size: 20GB, prices: [free], ladder_days: [1, 2.5], packs: grab}
shelve: {folder: "{authors}/{title}", file: "{part - }{title}", keep_free: 3GB, trash: 2w, method: [copy], upgrade: yes}
series: {most_wanted: 7, recheck: 3d, skip: [omnibus], auto_grab: yes}
authors: {auto_grab: yes, skip: []}
plugins:
  mine: {type: list, auto_grab: yes}
"""
SAID = {
    "dry_run": False,
    "log_level": "warning",
    "packs": "grab",
    "min_seeders": 2,
    "keep_free_bytes": 3_000_000_000,
    "most_wanted": 7,
    "upgrade": True,
    "series_auto_grab": True,
    "authors_auto_grab": True,
    "auto_grab.mine": True,
}
OTHER: Mapping[str, object] = {
    "dry_run": True,
    "log_level": "debug",
    "packs": "never",
    "min_seeders": 0,
    "keep_free_bytes": 1,
    "most_wanted": 0,
    "upgrade": False,
    "series_auto_grab": False,
    "authors_auto_grab": False,
    "auto_grab.mine": False,
}
LISTS = ("mine",)


@pytest.fixture
def said(configure: Loader) -> Configuration:
    return configure(FILE)


def everything(configuration: Configuration) -> dict[str, object]:
    return {name: value_of(one, configuration) for name, one in settings_of(LISTS).items()}


def test_the_present_values_are_those_of_the_file(said: Configuration) -> None:
    assert everything(said) == SAID
    assert [one.name for one in SETTINGS] == [*SAID][:-1]


@pytest.mark.parametrize("name", SAID)
def test_one_value_changes_and_nothing_else_does(said: Configuration, name: str) -> None:
    setting = setting_called(name, LISTS)
    after = adjusted(said, setting, OTHER[name])
    assert everything(after) == {**SAID, name: OTHER[name]}
    assert everything(said) == SAID, "the file stays as it is"
    assert adjusted(after, setting, SAID[name]) == said


@pytest.mark.parametrize("name", SAID)
def test_every_setting_can_be_written_and_read_again(said: Configuration, name: str) -> None:
    setting = setting_called(name, LISTS)
    after = adjusted(said, setting, OTHER[name])
    assert adjusted(said, setting, shown(setting, value_of(setting, after))) == after


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("dry_run", "ON", True),
        ("dry_run", "no", False),
        ("min_seeders", "4", 4),
        ("min_seeders", 4.0, 4),
        ("keep_free_bytes", "5GB", 5_000_000_000),
        ("keep_free_bytes", "500", 500),
        ("keep_free_bytes", 2.0e9, 2_000_000_000),
        ("log_level", "Info", "info"),
        ("auto_grab.mine", "off", False),
    ],
)
def test_a_value_may_be_written_as_people_and_programs_do(
    said: Configuration, name: str, value: object, meant: object
) -> None:
    setting = setting_called(name, LISTS)
    assert value_of(setting, adjusted(said, setting, value)) == meant


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("dry_run", "perhaps", "dry_run: perhaps"),
        ("min_seeders", "-1", "choose: {min_seeders: -1}"),
        ("min_seeders", 1.5, "choose: {min_seeders: 1.5}"),
        ("min_seeders", True, "choose: {min_seeders: yes}"),
        ("min_seeders", float("nan"), "choose: {min_seeders: nan}"),
        ("keep_free_bytes", "much", "shelve: {keep_free: much}"),
        ("keep_free_bytes", -5, "shelve: {keep_free: -5}"),
        ("packs", "grap", "choose: {packs: grap}"),
        ("log_level", "loud", "log: {level: loud}"),
        ("most_wanted", "", 'series: {most_wanted: ""}'),
        ("upgrade", 7, "shelve: {upgrade: 7}"),
        ("auto_grab.mine", "maybe", "plugins: {mine: {type: list, auto_grab: maybe}}"),
    ],
)
def test_what_the_file_may_not_say_is_refused_with_its_sentence(
    said: Configuration, configure: Loader, name: str, value: object, line: str
) -> None:
    with pytest.raises(InvalidConfiguration) as of_the_file:
        configure(f"{line}\n")
    (mistake,) = of_the_file.value.mistakes
    with pytest.raises(UnfitValue) as caught:
        adjusted(said, setting_called(name, LISTS), value)
    assert str(caught.value) == f"{name}: {mistake.message}."


def test_an_unknown_setting_is_named_with_a_near_one() -> None:
    with pytest.raises(UnknownSetting, match=r"no setting called 'min_seeder'; did you mean min_seeders\?"):
        setting_called("min_seeder", LISTS)
    with pytest.raises(UnknownSetting, match=r"did you mean auto_grab\.mine or"):
        setting_called("auto_grab.min", LISTS)
    with pytest.raises(UnknownSetting):
        setting_called("auto_grab.mine", ())


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_the_table_offers_what_the_file_takes(said: Configuration, setting: Setting) -> None:
    if setting.kind is Kind.NUMBER:
        assert setting.least < setting.most
        offered: tuple[object, ...] = (setting.least, setting.least + setting.step, setting.most)
    elif setting.kind is Kind.CHOICE:
        section = type(getattr(said, setting.path[0]))
        assert setting.options == get_args(section.model_fields[setting.path[1]].annotation)
        offered = setting.options
    else:
        offered = (True, False)
    assert [value_of(setting, adjusted(said, setting, value)) for value in offered] == list(offered)
    assert setting.description.endswith(".")

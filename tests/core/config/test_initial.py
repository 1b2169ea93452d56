"""The first configuration of a machine."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from pydantic import Field, SecretStr

from audiobook_daemon.config import (
    InvalidConfiguration,
    PluginCatalogue,
    PluginType,
    Surroundings,
    load,
    look_around,
    render_example,
    render_secrets,
    write_initial,
)
from audiobook_daemon.config.surroundings import system_timezone
from audiobook_daemon.errors import ConfigurationError
from audiobook_daemon.plugin import PluginConfig

ACTIONS = (
    *("gather", "choose", "grab", "watch", "verify", "shelve", "cleanup"),
    *("mam_scan", "metadata_full", "metadata_new", "metadata_import", "series_completion", "author_completion"),
    *("sync", "recount", "find_duplicates", "audit", "follow_up", "backup", "trackers", "check_update"),
)


class Anything(PluginConfig):
    session: SecretStr | None = None
    genres: tuple[str, ...] = ()
    url: str = ""
    username: str | None = Field(None)
    password: SecretStr | None = None
    token: SecretStr | None = None
    library: str | None = None


@pytest.fixture
def catalogue() -> PluginCatalogue:
    roles = {
        "mam": ("Indexer", "ChartSource"),
        "top10": ("ImportList",),
        "audnexus": ("MetadataProvider", "Bibliography"),
        "open_library": ("MetadataProvider", "Bibliography"),
        "google_books": ("MetadataProvider", "Bibliography"),
        "qbittorrent": ("DownloadClient",),
        "audiobookshelf": ("Library",),
    }
    return {name: PluginType(Anything, played) for name, played in roles.items()}


def test_the_first_thing_a_check_says_is_which_secrets_are_left_to_write(
    tmp_path: Path, catalogue: PluginCatalogue
) -> None:
    folder = tmp_path / "etc"
    file, secrets, schema = write_initial(folder, Surroundings("Asia/Tokyo", None, 8090, None), catalogue)
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert schema.name == "schema.json"
    actions = dict.fromkeys(ACTIONS)
    with pytest.raises(InvalidConfiguration) as caught:
        load(file, catalogue, check_cron=lambda _: None, known_actions=actions, environ={})
    assert [mistake.path for mistake in caught.value.mistakes] == [
        "plugins.mam.session",
        "plugins.qbittorrent.password",
        "plugins.audiobookshelf.token",
    ]
    assert all("is empty in secrets.yaml" in mistake.message for mistake in caught.value.mistakes)


def test_what_is_known_is_filled_in(tmp_path: Path, catalogue: PluginCatalogue) -> None:
    secrets = {"mam_session": "it's: #1", "qbittorrent_password": "two\\", "audiobookshelf_token": "three"}
    file, *_ = write_initial(tmp_path, Surroundings("Asia/Tokyo", None, 8090, 13377), catalogue, secrets)
    actions = dict.fromkeys(ACTIONS)
    found = load(file, catalogue, check_cron=lambda _: None, known_actions=actions, environ={})
    assert str(found.timezone) == "Asia/Tokyo"
    assert found.mqtt is None
    assert found.secrets == set(secrets.values())
    settings = {one.name: one.settings.model_dump() for one in found.instances}
    assert settings["qbittorrent"]["url"] == "http://127.0.0.1:8090"
    assert settings["audiobookshelf"]["url"] == "http://127.0.0.1:13377"
    assert (found.route.download_client, found.route.library) == ("qbittorrent", "audiobookshelf")
    assert found.warnings == ()


@pytest.mark.parametrize("name", ["audiobook-daemon.yaml", "secrets.yaml"])
def test_nothing_is_ever_written_over(tmp_path: Path, catalogue: PluginCatalogue, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigurationError, match=f"{name} exists already; nothing was written"):
        write_initial(tmp_path, Surroundings(), catalogue)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_cannot_be(tmp_path: Path, catalogue: PluginCatalogue) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write_initial(tmp_path / "file" / "etc", Surroundings(), catalogue)


def test_the_broker_is_used_if_it_is_there() -> None:
    assert "\nmqtt:\n" in render_example(Surroundings(mqtt_port=1883))
    assert "\n# mqtt:\n" in render_example(Surroundings("UTC"))


def test_secrets_are_yaml_whatever_they_hold() -> None:
    assert "mam_session: 'it''s'\n" in render_secrets({"mam_session": "it's"})


def test_looking_around() -> None:
    asked = []

    def port_open(host: str, port: int) -> bool:
        asked.append(host)
        return port in {1883, 8090, 13378}

    assert look_around(port_open, {"TZ": "Europe/Rome"}) == Surroundings("Europe/Rome", 1883, 8090, 13378)
    assert set(asked) == {"127.0.0.1"}
    assert look_around(lambda *_: False, {"TZ": "UTC"}) == Surroundings("UTC")


def test_the_time_zone_of_the_system(tmp_path: Path) -> None:
    assert system_timezone({}, tmp_path) is None
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Oslo")
    assert system_timezone({}, tmp_path) == "Europe/Oslo"
    (tmp_path / "timezone").write_text("Europe/Paris\n")
    assert system_timezone({}, tmp_path) == "Europe/Paris"
    assert system_timezone({"TZ": "Asia/Tokyo"}, tmp_path) == "Asia/Tokyo"
    assert system_timezone({"TZ": "CET-1CEST"}, tmp_path) == "Europe/Paris"

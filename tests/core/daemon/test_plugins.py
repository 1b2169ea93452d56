"""The plugins of a configuration: those that are installed, and those of the folders it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobook_daemon.daemon import Daemon, find_plugins, read_configuration
from audiobook_daemon.errors import ConfigurationError

BUILT_IN = {"audiobookshelf", "google_books", "mam", "prowlarr", "qbittorrent", "top10"}
PLUGIN = '''
from audiobook_daemon import Event, Finding, Level, Notifier, Outcome, Plugin, PluginConfig, action, hookimpl


class ShelfConfig(PluginConfig):
    colour: str


class Shelf(Plugin[ShelfConfig], Notifier):
    """A plugin of one's own."""

    @action
    async def paint(self, coats: int = 1) -> Outcome:
        """Paint the shelf."""
        return Outcome(f"{coats} coats of {self.config.colour}.", processed=coats)

    @hookimpl
    async def notify(self, event: Event) -> None:
        """Nobody is told."""

    async def check(self):
        return [Finding(Level.OK, f"It is {self.config.colour}.")]
'''
CONFIGURATION = """\
database: sqlite://state.db
plugin_folders: [own]
plugins:
  left: {type: shelf, colour: blue}
jobs:
  evening: {at: "@daily", do: [{left.paint: {coats: 2}}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o755)
    (folder / "shelf.py").write_text(PLUGIN)
    (folder / "shelf.py").chmod(0o644)
    return folder


@pytest.fixture
def config(tmp_path: Path, folder: Path) -> Path:
    path = tmp_path / "daemon.yaml"
    path.write_text(CONFIGURATION)
    return path


def test_without_a_folder_there_are_the_installed_ones(config: Path) -> None:
    config.write_text("plugins: {}\n")
    assert set(find_plugins(config, {})) >= BUILT_IN
    assert "shelf" not in find_plugins(config, {})


def test_a_folder_that_is_named(config: Path) -> None:
    types = find_plugins(config, {})
    assert set(types) >= BUILT_IN | {"shelf"}
    (left,) = read_configuration(config, types, {}).instances
    assert (left.name, left.type, left.settings.model_dump()) == ("left", "shelf", {"colour": "blue"})


async def test_one_of_ones_own_does_all_that_others_do(config: Path) -> None:
    async with Daemon.assembled(config, {}) as daemon:
        await daemon.plan()
        run, outcome = await daemon.doors.do("left.paint", {"coats": "3"}, "cli")
        assert (run.error, outcome and outcome.summary) == (None, "3 coats of blue.")
        run, _ = await daemon.doors.do_job("evening", "cli")
        assert (run.summary, run.processed) == ("2 coats of blue.", 2)
        _, examined = await daemon.doors.do("doctor", {}, "cli")
    assert examined
    assert isinstance(examined.data, list)
    assert {"what": "left", "level": "ok", "text": "It is blue.", "remedy": None} in examined.data


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_a_file_that_others_could_change_is_never_run(config: Path, folder: Path, mode: int) -> None:
    (folder / "shelf.py").write_text("raise SystemExit('run')")
    (folder / "shelf.py").chmod(mode)
    with pytest.raises(ConfigurationError, match=r"shelf\.py can be changed by other users; run: chmod go-w"):
        find_plugins(config, {})


def test_a_folder_that_others_could_change_is_a_mistake_with_its_line(config: Path, folder: Path) -> None:
    folder.chmod(0o777)
    types = find_plugins(config, {})
    assert "shelf" not in types
    with pytest.raises(ConfigurationError, match=r"daemon\.yaml:2:18: plugin_folders\[0\]: others may write to "):
        read_configuration(config, types, {})


def test_a_broken_plugin_harms_nobody_who_does_not_use_it(config: Path, folder: Path) -> None:
    (folder / "broken.py").write_text("import nowhere_to_be_found")
    (folder / "broken.py").chmod(0o644)
    types = find_plugins(config, {})
    assert read_configuration(config, types, {}).instances
    config.write_text(CONFIGURATION.replace("  left:", "  right: {type: broken}\n  left:"))
    with pytest.raises(
        ConfigurationError, match=r"4:17: plugins\.right\.type: this plugin cannot be used: .*nowhere_to_be"
    ):
        read_configuration(config, types, {})

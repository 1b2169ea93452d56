from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from audiobook_daemon.host import BrokenPlugin, PluginTypes

PLUGIN = """
from audiobook_daemon import ImportList, Plugin, PluginConfig, hookimpl

class Lists(Plugin[PluginConfig], ImportList):
    @hookimpl
    async def wishes(self):
        return []
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "lists.py").write_text(PLUGIN)
    for file in (tmp_path, *tmp_path.iterdir()):
        file.chmod(0o755)
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def points(**values: str) -> list[EntryPoint]:
    return [EntryPoint(name, value, "audiobook_daemon.plugins") for name, value in values.items()]


def written(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(text)
    file.chmod(0o644)


def test_the_built_in_plugins_are_found_as_foreign_ones_are() -> None:
    types = PluginTypes()
    assert {"mam", "qbittorrent", "audiobookshelf", "google_books", "top10"} <= set(types)
    for name in types:
        assert types.get(name).config_type


def test_a_plugin_is_imported_when_it_is_asked_for(folder: Path) -> None:
    types = PluginTypes(points(lists="lists:Lists"))
    assert list(types) == ["lists"]
    assert "lists" in types
    assert "lists" not in sys.modules
    assert types.get("lists").__name__ == "Lists"
    assert "lists" in sys.modules


@pytest.mark.parametrize(
    ("value", "text", "sentence"),
    [
        ("missing_module:Lists", "", "missing_module:Lists cannot be imported: ModuleNotFoundError"),
        ("broken:Lists", "raise RuntimeError('on import')", "broken:Lists cannot be imported: RuntimeError: on import"),
        ("broken:Lists", "import sys; sys.exit(3)", "broken:Lists cannot be imported: SystemExit"),
        ("broken:Lists", "this is no python", "broken:Lists cannot be imported: SyntaxError"),
        ("broken:Lists", "", "broken:Lists cannot be imported: AttributeError"),
        ("broken:Lists", "Lists = int", "int is no plugin"),
        ("broken:Lists", "def Lists(): pass", "is no class"),
    ],
)
def test_a_broken_entry_point_harms_only_itself(folder: Path, value: str, text: str, sentence: str) -> None:
    written(folder, "broken.py", text)
    types = PluginTypes(points(broken=value, lists="lists:Lists"))
    assert set(types) == {"broken", "lists"}
    for _ in range(2):
        with pytest.raises(BrokenPlugin, match=sentence):
            types.get("broken")
    assert types.get("lists").__name__ == "Lists"


def test_a_folder_of_files(folder: Path) -> None:
    types = PluginTypes(())
    types.add_folder(folder)
    assert list(types) == ["lists"]
    assert types.get("lists").__name__ == "Lists"


@pytest.mark.parametrize("mode", [0o775, 0o757])
def test_a_folder_others_can_write_to_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    with pytest.raises(BrokenPlugin, match=f"can be changed by other users; run: chmod go-w {folder}"):
        PluginTypes(()).add_folder(folder)


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_a_file_others_can_write_to_is_refused_unread(folder: Path, mode: int) -> None:
    written(folder, "evil.py", "raise AssertionError('it was read')")
    (folder / "evil.py").chmod(mode)
    with pytest.raises(BrokenPlugin, match=r"chmod go-w .*evil\.py"):
        PluginTypes(()).add_folder(folder)


@pytest.mark.parametrize("name", [".", "lists.py"])
def test_what_belongs_to_another_user_is_refused(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        os.chown(folder / name, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(BrokenPlugin, match="belongs to another user"):
        PluginTypes(()).add_folder(folder)


def test_a_link_out_of_the_folder_is_refused_unread(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    written(elsewhere, "evil.py", "raise AssertionError('it was read')")
    (folder / "evil.py").symlink_to(elsewhere / "evil.py")
    with pytest.raises(BrokenPlugin, match=r"evil\.py is a link that leads out of its folder"):
        PluginTypes(()).add_folder(folder)


def test_a_link_to_nowhere_is_a_sentence(folder: Path) -> None:
    (folder / "gone.py").symlink_to(folder / "nowhere")
    with pytest.raises(BrokenPlugin, match=r"gone\.py cannot be read: No such file"):
        PluginTypes(()).add_folder(folder)


def test_a_file_cannot_take_the_place_of_an_installed_plugin(folder: Path) -> None:
    written(folder, "mam.py", "raise AssertionError('it was read')")
    types = PluginTypes(points(mam="lists:Lists"))
    with pytest.raises(BrokenPlugin, match=r"mam\.py: there is a plugin called 'mam' already; give the file another"):
        types.add_folder(folder)
    assert types.get("mam").__name__ == "Lists"


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenPlugin, match="there is no such plugin folder"):
        PluginTypes(()).add_folder(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("raise RuntimeError('on import')", r"broken\.py cannot be imported: RuntimeError: on import"),
        ("import sys; sys.exit()", r"broken\.py cannot be imported: SystemExit"),
        ("nothing = 1", "holds exactly one plugin class, this one 0"),
        (PLUGIN + PLUGIN.replace("Lists", "More"), "holds exactly one plugin class, this one 2"),
        (PLUGIN.replace("@hookimpl", ""), "mark it with @hookimpl"),
    ],
)
def test_a_broken_file_harms_only_itself(folder: Path, text: str, sentence: str) -> None:
    written(folder, "broken.py", text)
    types = PluginTypes(())
    types.add_folder(folder)
    assert set(types) == {"broken", "lists"}
    with pytest.raises(BrokenPlugin, match=sentence):
        types.get("broken")
    assert types.get("lists").__name__ == "Lists"
    assert ("audiobook_daemon_folder_broken" in sys.modules) is ("cannot be imported" not in sentence)

"""`init` writes a first configuration, asks nothing, and writes over nothing."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import place, setup

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

FILES = ["audiobook-daemon.yaml", "secrets.yaml", "schema.json"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "etc"


@pytest.fixture(autouse=True)
def nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "_port_open", lambda host, port: False)


@pytest.fixture
def careless() -> Iterator[None]:
    """A machine on which new files are open to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_three_files_and_the_secrets_for_nobody_else(invoke: Invoke, folder: Path) -> None:
    told = invoke("init", "--folder", folder)
    assert told.exit_code == 0
    assert told.stdout.splitlines()[:3] == [f"Wrote {folder / name}" for name in FILES]
    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes == {"audiobook-daemon.yaml": 0o644, "secrets.yaml": 0o600, "schema.json": 0o644}
    assert json.loads((folder / "schema.json").read_text())["properties"].keys() >= {"plugins", "jobs", "mqtt"}


def test_what_it_says_next_can_be_pasted_into_a_shell(invoke: Invoke, folder: Path) -> None:
    told = invoke("init", "--folder", folder).stdout
    assert f"  audiobook-daemon --config '{folder / FILES[0]}' doctor\n" in told
    assert f"put your secrets into {folder / 'secrets.yaml'}" in told


def test_json(invoke: Invoke, folder: Path) -> None:
    assert json.loads(invoke("init", "--folder", folder, "--json").stdout) == {
        "files": [str(folder / x) for x in FILES]
    }


@pytest.mark.parametrize("present", FILES[:2])
def test_nothing_is_written_over(invoke: Invoke, folder: Path, present: str) -> None:
    folder.mkdir(parents=True)
    (folder / present).write_text("mine")
    told = invoke("init", "--folder", folder)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == f"{folder / present} exists already; nothing was written.\n"
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [(present, "mine")]


@pytest.mark.parametrize("listening", [False, True])
def test_once_the_secrets_are_there_it_is_valid(
    invoke: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch, listening: bool
) -> None:
    monkeypatch.setattr(setup, "_port_open", lambda host, port: listening)
    invoke("init", "--folder", folder)
    config = folder / FILES[0]
    unready = invoke("check", file=config)
    assert unready.exit_code == 1
    missing = re.findall(r"(\w+) is empty in secrets\.yaml; write its value there\n", unready.stdout)
    assert len(missing) == len(unready.stdout.splitlines()) > 1
    secrets = folder / "secrets.yaml"
    text = secrets.read_text()
    for name in missing:
        text, filled = re.subn(rf"(?m)^{name}:.*$", f"{name}: a-secret-of-{name}", text)
        assert filled == 1
    secrets.write_text(text)
    ready = invoke("check", file=config)
    assert ready.exit_code == 0, ready.stdout
    assert ready.stdout.splitlines()[-1].startswith(f"{config} is valid: 7 instances, ")
    assert "a-secret-of" not in ready.stdout + invoke("check", "--json", file=config).stdout


def test_what_is_found_out_is_not_asked(invoke: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "_port_open", lambda host, port: port in {8081, 13378})
    invoke("init", "--folder", folder)
    text = (folder / FILES[0]).read_text()
    assert "http://127.0.0.1:8081" in text
    assert "http://127.0.0.1:13378" in text


def test_it_goes_where_the_other_commands_look(invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("AUDIOBOOK_DAEMON_CONFIG", raising=False)
    assert place.configuration_path(None) == place.SYSTEM / place.NAME
    told = invoke("init")
    assert told.exit_code == 0
    assert "\n  audiobook-daemon doctor\n" in told.stdout
    assert place.configuration_path(None) == tmp_path / "home" / "audiobook-daemon" / FILES[0]
    monkeypatch.setenv("AUDIOBOOK_DAEMON_CONFIG", "/elsewhere.yaml")
    assert place.configuration_path(None) == Path("/elsewhere.yaml")
    assert place.configuration_path(tmp_path) == tmp_path

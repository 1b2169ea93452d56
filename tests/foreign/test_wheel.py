"""A plugin of somebody else, against the wheel people install instead of the sources we run."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LIBRIVOX = Path(__file__).parent / "librivox"
CONFIGURATION = """\
database: sqlite://{folder}/state.db
plugins:
  librivox: {{}}
  mirror: {{type: librivox, archive: "https://archive.example"}}
"""
Environment = Any  # the fixture's class cannot be imported here


@pytest.fixture(scope="session")
def foreign_tests(installed: Environment) -> Path:
    folder: Path = installed.folder / "tests"
    shutil.copytree(LIBRIVOX / "tests", folder)
    shutil.copy(LIBRIVOX / "pyproject.toml", installed.folder)
    return folder


def test_the_wheel_is_what_is_imported(installed: Environment) -> None:
    where = "import audiobook_daemon, audiobook_plugins, audiobook_daemon_librivox as ours\n"
    where += "for module in audiobook_daemon, audiobook_plugins, ours: print(module.__file__)"
    for file in installed.run("python", "-c", where).splitlines():
        assert Path(file).is_relative_to(installed.packages)


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(installed: Environment) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        held = {name for name in wheel.namelist() if not name.partition("/")[0].endswith(".dist-info")}
    sources = {
        str(file.relative_to(root))
        for root, package in ((ROOT / "core", "audiobook_daemon"), (ROOT / "plugins", "audiobook_plugins"))
        for file in (root / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert held == sources
    needed = ("audiobook_daemon/py.typed", "audiobook_plugins/py.typed", "audiobook_daemon/demo/books.toml")
    assert {*needed, "audiobook_daemon/store/migrations/env.py"} <= held


def test_no_folder_of_the_project_can_be_imported(installed: Environment) -> None:
    names = ("core", "plugins", "config", "tests")
    code = f"import importlib.util as u; print([name for name in {names} if u.find_spec(name)])"
    assert installed.run("python", "-P", "-c", code).strip() == "[]"


def test_the_command_works_anywhere(installed: Environment) -> None:
    assert installed.run("audiobook-daemon", "--version").startswith("audiobook-daemon, version ")


def test_check_accepts_the_foreign_plugin(installed: Environment) -> None:
    file = installed.folder / "audiobook-daemon.yaml"
    file.write_text(CONFIGURATION.format(folder=installed.folder))
    answer = json.loads(installed.run("audiobook-daemon", "--config", file, "check", "--json"))
    assert answer["valid"] is True
    assert "librivox" in json.dumps(answer["configuration"])


def test_the_foreign_tests_pass_with_the_shipped_fixtures(installed: Environment, foreign_tests: Path) -> None:
    told = installed.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", foreign_tests)
    assert " passed" in told


def test_the_shipped_types_are_strict(installed: Environment, foreign_tests: Path) -> None:
    cache = installed.folder / "mypy"
    package = installed.packages / "audiobook_daemon_librivox"
    checked = ["--strict", "--config-file=", f"--cache-dir={cache}", str(package), str(foreign_tests)]
    assert "Success" in installed.run("python", "-m", "mypy", *checked)

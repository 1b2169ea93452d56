"""`--help` answers before anything heavy is imported."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from audiobook_daemon.cli import main, rooms
from audiobook_daemon.cli.rooms import ROOMS

HERE = click.Context(main)
NAMES = main.list_commands(HERE)
HEAVY = ("sqlalchemy", "aiohttp", "rich", "aiomqtt", "pydantic", "yaml", "croniter", "alembic", "audiobook_plugins")
ASK_ALL = """
import sys
from audiobook_daemon.cli import main
names = main.list_commands(None)
for words in (["--help"], ["--version"], *([name, "--help"] for name in names), ["jobs", "run", "--help"]):
    assert main(words, standalone_mode=False) == 0, words
print("heavy:", [name for name in sys.argv[1:] if name in sys.modules])
"""


def test_help_imports_nothing_heavy() -> None:
    asked = subprocess.run(
        [sys.executable, "-W", "error", "-c", ASK_ALL, *HEAVY], capture_output=True, text=True, check=True, timeout=180
    )
    assert asked.stderr == ""
    assert asked.stdout.count("Usage: ") == len(NAMES) + 2
    assert asked.stdout.endswith("heavy: []\n")


def test_the_check_for_heavy_imports_sees_one() -> None:
    """Else the test above could pass for ever."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK_ALL.replace("import sys", "import sys, rich"), *HEAVY],
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    assert asked.stdout.endswith("heavy: ['rich']\n")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_the_commands_stand_in_the_order_of_their_use(flag: str) -> None:
    told = CliRunner().invoke(main, [flag]).output
    listed = [line.split()[0] for line in told.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    assert [word for word in listed if word in NAMES] == NAMES
    assert listed[:4] == ["init", "check", "doctor", "run"]


def test_every_command_says_what_it_does() -> None:
    commands = {name: main.get_command(HERE, name) for name in NAMES}
    assert [name for name, found in commands.items() if not (found and (found.help or "").endswith("."))] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_has_just_the_commands_that_are_looked_for_in_it(room: str) -> None:
    group = click.Group()
    import_module(f"audiobook_daemon.cli.{room}").register(group)
    assert tuple(group.commands) == ROOMS[room]


def test_each_file_of_commands_is_known() -> None:
    assert {file.stem for file in Path(rooms.__file__).parent.glob("*_commands.py")} == set(ROOMS)


def test_only_the_file_of_the_command_that_is_meant_is_read() -> None:
    code = "from audiobook_daemon.cli import main; main(['runs', '--help'], standalone_mode=False)\n"
    code += "import sys; print([name for name in sys.modules if name.endswith('_commands')])"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=180)
    assert asked.stdout.splitlines()[-1] == "['audiobook_daemon.cli.history_commands']"


def test_the_version() -> None:
    told = CliRunner().invoke(main, ["--version"])
    assert told.output == f"audiobook-daemon, version {version('audiobook-daemon')}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["nonsense"], "No such command 'nonsense'"), (["explain", "three"], "'three' is not a valid integer")],
)
def test_a_wrong_command_line_is_status_2(words: list[str], sentence: str) -> None:
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 2
    assert sentence in told.stderr

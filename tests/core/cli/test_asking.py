"""What is asked of the running daemon costs little, and finds it even if its file is not right at the moment."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli.asking import answer_of
from audiobook_daemon.config import InvalidConfiguration

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

HEAVY = (
    *("sqlalchemy", "aiohttp", "aiomqtt", "croniter", "alembic", "audiobook_plugins"),
    *("audiobook_daemon.daemon", "audiobook_daemon.store", "audiobook_daemon.matching", "audiobook_daemon.web"),
)
ASK = """
import sys
from audiobook_daemon.cli import main
try:
    main(sys.argv[1:], standalone_mode=False)
finally:
    print("heavy:", [name for name in {heavy!r} if name in sys.modules])
"""
WRONG = """\
database: sqlite://state.db
colour: red
plugins:
  mam: {session: !env NOBODY_KNOWS_THIS}
"""


def answering(socket: Path, config: Path) -> tuple[object, object]:
    """Ask for a reload, of a daemon that is a mere socket; return what it heard and what came back."""

    async def ask() -> tuple[object, object]:
        heard: list[object] = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append(json.loads(await reader.readline()))
            writer.write(b'{"summary": "Nothing has changed."}\n')
            writer.close()

        async with await asyncio.start_unix_server(answer, socket):
            return heard, await asyncio.to_thread(answer_of, config, {"reload": True})

    return asyncio.run(ask())


@pytest.mark.parametrize("words", [["reload"], ["retry", "mam"], ["cancel", "0a1b2c3d"]])
def test_a_question_to_the_daemon_imports_no_daemon(config: Path, words: list[str]) -> None:
    code = ASK.format(heavy=HEAVY)
    command = [sys.executable, "-c", code, "-c", str(config), *words]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "The daemon is not running." in asked.stderr
    assert asked.stdout.endswith("heavy: []\n")


def test_the_check_for_heavy_imports_sees_one(config: Path) -> None:
    """Else the test above could pass for ever."""
    command = [sys.executable, "-c", ASK.format(heavy=HEAVY), "-c", str(config), "do", "gather"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "'sqlalchemy'" in asked.stdout


def test_a_daemon_is_found_whose_file_has_mistakes(config: Path) -> None:
    config.write_text(WRONG)
    heard, told = answering(config.with_name("state.db.sock"), config)
    assert heard == [{"reload": True}]
    assert told == {"summary": "Nothing has changed."}


@pytest.mark.parametrize("database", ["!env NOBODY_KNOWS_THIS", "mysql://elsewhere"])
def test_an_address_that_is_no_address_is_told(config: Path, database: str) -> None:
    config.write_text(f"database: {database}\n")
    with pytest.raises(InvalidConfiguration, match="database"):
        answer_of(config, {"reload": True})


def test_an_action_without_a_daemon_still_tells_of_each_mistake(invoke: Invoke, config: Path) -> None:
    config.write_text(WRONG)
    told = invoke("do", "grab")
    assert told.exit_code == 1
    assert "colour" in told.stderr
    assert "plugins.mam.session" in told.stderr

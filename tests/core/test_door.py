"""The public door is complete, and opens only when somebody comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

import audiobook_daemon

HELP = """
import sys
from audiobook_daemon.cli import main
try:
    main(["--help"])
except SystemExit:
    print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("name", audiobook_daemon.__all__)
def test_every_promised_name_is_there(name: str) -> None:
    value = getattr(audiobook_daemon, name)
    assert getattr(value, "__name__", name).rpartition(".")[2] == name


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Libary'"):
        audiobook_daemon.Libary  # type: ignore[attr-defined]  # noqa: B018


def test_help_imports_nothing_heavy() -> None:
    ended = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert "Usage:" in ended.stdout
    imported = set(ended.stderr.split())
    assert "audiobook_daemon.cli.commands" in imported
    assert not imported & {"aiohttp", "asyncio", "pluggy", "pydantic", "rich", "sqlalchemy", "yaml"}

"""What a daemon does not need is not imported: it would cost every start, every short command, and memory for ever."""

from __future__ import annotations

import subprocess
import sys

import pytest

NEVER_AT_THE_START = ("alembic", "asyncpg", "bs4", "cryptography", "jinja2", "prometheus_client", "rapidfuzz", "PIL")


def loaded_by(statement: str, names: tuple[str, ...]) -> str:
    code = f"{statement}\nimport sys\nprint([name for name in {names!r} if name in sys.modules])"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return asked.stdout.strip()


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("import audiobook_daemon.daemon", ("audiobook_daemon.web", "audiobook_daemon.mqtt", "aiomqtt", "aiohttp")),
        (
            "import audiobook_daemon.daemon, audiobook_daemon.web, audiobook_daemon.mqtt",
            (*NEVER_AT_THE_START, "audiobook_daemon.demo", "audiobook_daemon.testing", "rich"),
        ),
    ],
    ids=["neither server nor broker", "both"],
)
def test_a_daemon_does_not_load(statement: str, names: tuple[str, ...]) -> None:
    assert loaded_by(statement, names) == "[]"


def test_what_is_loaded_would_be_seen() -> None:
    """Else the test above could pass for ever."""
    assert loaded_by("import audiobook_daemon.web", ("audiobook_daemon.web", "bs4")) == "['audiobook_daemon.web']"

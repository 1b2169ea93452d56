"""One daemon for one configuration, whatever happens to the file meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.daemon.claim import claimed
from audiobook_daemon.errors import ConfigurationError

HOLDER = """
import pathlib, sys
from audiobook_daemon.daemon.claim import claimed

with claimed(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "daemon.yaml"
    path.write_text("database: sqlite://state.db\n")
    return path


def test_another_process_is_named_and_leaves_nothing_behind(path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        sentence = f"The configuration {path} is in use by another audiobook-daemon, process {other.pid}\\."
        with pytest.raises(ConfigurationError, match=sentence), claimed(path):
            pass
        other.kill()
        other.wait()
        with claimed(path):
            assert list(path.parent.iterdir()) == [path]


def test_a_file_that_an_editor_replaced_is_the_same_one(path: Path) -> None:
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    with claimed(path):
        path.with_name("new").write_text("database: sqlite://other.db\n")
        path.with_name("new").replace(path)
        for name in (path, link):
            with pytest.raises(ConfigurationError, match="is in use"), claimed(name):
                pass
        with claimed(path.with_name("another.yaml")):
            pass
    with claimed(path):
        pass


async def test_another_database_makes_no_second_daemon(path: Path) -> None:
    async with Daemon.assembled(path, {"TZ": "UTC"}):
        path.write_text("database: sqlite://other.db\n")
        with pytest.raises(ConfigurationError, match=f"process {os.getpid()}. If its database was changed, restart"):
            async with Daemon.assembled(path, {"TZ": "UTC"}):
                pass
        assert not path.with_name("other.db").exists()
    async with Daemon.assembled(path, {"TZ": "UTC"}):
        assert path.with_name("other.db").exists()


def test_without_such_names_the_daemon_runs_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("socket.socket.bind", refuse, raising=False)
    with claimed(path):
        assert "has one daemon only: Operation not permitted." in caplog.text

"""Starts processes that say READY as to systemd, reads what they cost from /proc, and stops them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.demo.ports import free_ports

_READY_WITHIN = 60.0
_STOP_WITHIN = 30.0
_LOOK = 1.0
_EXAMPLE = Path(__file__).parent.parent / "config" / "audiobook-daemon.yaml"
_SECRETS = ("mam_session", "qbittorrent_password", "audiobookshelf_token")
_NEVER = "0 0 1 1 *"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has cost since its start."""

    wakeups: int
    """Voluntary context switches of all its threads."""
    cpu: float
    """Seconds."""
    written: int
    """Bytes handed to the disk's cache."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process that has said READY."""

    process: subprocess.Popen[bytes]
    started_in: float
    """Seconds from its start to READY."""

    @property
    def resident(self) -> float:
        """Its memory in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return _number(r"VmRSS:\s+(\d+)", status) / 1024

    def cost(self) -> Cost:
        """Read what it has cost so far."""
        wakeups, nanoseconds = 0, 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            wakeups += _number(r"\nvoluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text())
            nanoseconds += int((task / "schedstat").read_text().split()[0])
        written = _number(r"\bwrite_bytes: (\d+)", Path(f"/proc/{self.process.pid}/io").read_text())
        return Cost(wakeups, nanoseconds / 1e9, written)

    def stop(self) -> float:
        """Send SIGTERM and return the seconds until it has gone."""
        begin = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(_STOP_WITHIN)
        return time.perf_counter() - begin


def example(
    folder: Path, *, qbittorrent: int = 0, audiobookshelf: int = 0, mqtt: int = 0, web: int = 0, key: str = ""
) -> Path:
    """Write the example configuration into a new folder: five instances, and jobs whose time does not come.

    The ports are those of stand-ins on loopback, else closed ones, and that of the web server, which `key` opens.
    Without `mqtt` there is no such section.
    """
    folder.mkdir()
    closed = free_ports(3)
    text = _EXAMPLE.read_text("utf-8")
    text = _replaced(text, "http://127.0.0.1:8080", f"http://127.0.0.1:{qbittorrent or closed[0]}")
    text = _replaced(text, "http://127.0.0.1:13378", f"http://127.0.0.1:{audiobookshelf or closed[1]}")
    broker = f"mqtt:\n  host: 127.0.0.1\n  port: {mqtt}\n" if mqtt else ""
    text = _replaced(text, "mqtt:\n  host: 127.0.0.1\n", broker)
    text = _replaced(text, "listen: 127.0.0.1:8723", f"listen: 127.0.0.1:{web or closed[2]}")
    text = _replaced(text, "  # keys: []", f"  keys: [{key}]" if key else "  # keys: []")
    text = re.sub(r'at: ".*"', f'at: "{_NEVER}"', text)
    path = folder / "audiobook-daemon.yaml"
    path.write_text(text, "utf-8")
    secrets = path.with_name("secrets.yaml")
    secrets.write_text("".join(f"{name}: benchmark-{name}\n" for name in _SECRETS), "utf-8")
    secrets.chmod(0o600)
    return path


@contextmanager
def daemon(configuration: Path) -> Iterator[Running]:
    """Run the daemon; its database and log lie beside the configuration."""
    command = ["-m", "audiobook_daemon", "--config", str(configuration), "run"]
    with _running(command, configuration.parent) as running:
        yield running


@contextmanager
def limit(folder: Path, mqtt: int | None = None) -> Iterator[Running]:
    """Run the process of `limit.py`."""
    folder.mkdir(exist_ok=True)
    command = [str(Path(__file__).with_name("limit.py")), str(folder / "limit.db"), *([str(mqtt)] if mqtt else [])]
    with _running(command, folder) as running:
        yield running


@contextmanager
def _running(arguments: list[str], folder: Path) -> Iterator[Running]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, (folder / "log").open("ab") as log:
        manager.bind("")  # Linux chooses a free abstract address
        manager.settimeout(_LOOK)
        name = manager.getsockname()[1:].decode()
        environ = {**os.environ, "NOTIFY_SOCKET": f"@{name}", "STATE_DIRECTORY": str(folder)}
        begin = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], env=environ, stdout=log, stderr=log)
        try:
            while not _heard(manager).startswith(b"READY=1"):
                if process.poll() is not None or time.perf_counter() - begin > _READY_WITHIN:
                    raise RuntimeError(f"{arguments} did not get ready:\n{(folder / 'log').read_text()}")
            yield Running(process, time.perf_counter() - begin)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _heard(manager: socket.socket) -> bytes:
    try:
        return manager.recv(4096)
    except TimeoutError:
        return b""


def _replaced(text: str, old: str, new: str) -> str:
    if old not in text:
        raise ValueError(f"The example configuration no longer holds {old!r}.")
    return text.replace(old, new)


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"/proc tells no {pattern}")
    return int(found[1])

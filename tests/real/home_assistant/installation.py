"""Finds a Python that Home Assistant runs on, and installs it from its package once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

OLDEST_PYTHON = (3, 13)
"""What the first versions of Home Assistant with devices by discovery need, those that are still looked after."""
OLDEST_VERSION = (2024, 11)
PYTHON, VENV = "HOME_ASSISTANT_PYTHON", "HOME_ASSISTANT_VENV"
PLACE = Path(__file__).parents[3] / ".venv-home-assistant"
INTEGRATIONS = (
    *("analytics", "api", "auth", "automation", "backup", "camera", "config", "conversation", "diagnostics"),
    *("frontend", "history", "http", "image", "image_upload", "input_boolean", "logbook", "logger", "lovelace"),
    *("media_player", "mqtt", "onboarding", "person", "persistent_notification", "recorder", "repairs", "script"),
    *("stream", "system_log", "tts", "template", "universal", "websocket_api"),
)
"""Everything that is loaded in the tests, by itself or by another."""
_ASK_VERSION = "import ensurepip, sys, venv; print(*sys.version_info[:3])"
_NEEDS = """
import json, pathlib, sys
import homeassistant
from homeassistant.const import __version__

root = pathlib.Path(homeassistant.__file__).parent
open_ones, seen, needs = json.loads(sys.argv[1]), set(), set()
while open_ones:
    name = open_ones.pop()
    manifest = root / "components" / name / "manifest.json"
    if name not in seen and manifest.exists():
        found = json.loads(manifest.read_text())
        open_ones += found.get("dependencies", [])
        needs |= set(found.get("requirements", []))
    seen.add(name)
print(json.dumps([__version__, str(root / "package_constraints.txt"), sorted(needs)]))
"""


class NotInstalled(Exception):
    """Home Assistant cannot be had here; the text says why."""


def suitable_python() -> Path | None:
    """Return the newest Python that Home Assistant runs on, or None; the one a person names is taken as it is."""
    if named := os.environ.get(PYTHON):
        return Path(named)
    found = {version: path for path in _pythons() if (version := _version(path)) and version >= OLDEST_PYTHON}
    return found[max(found)] if found else None


def installed() -> Path:
    """Return the environment with Home Assistant in it, made now if it is not there; raises NotInstalled."""
    if named := os.environ.get(VENV):
        return Path(named)
    if not (PLACE / "complete").exists():
        if (python := suitable_python()) is None:
            wanted = ".".join(map(str, OLDEST_PYTHON))
            raise NotInstalled(
                f"Home Assistant is not tried here: it needs Python {wanted} or newer, which is neither on the PATH "
                f"nor among pyenv's versions; {PYTHON} may name one."
            )
        _install(python)
    return PLACE


def _install(python: Path) -> None:
    """Install the newest Home Assistant that this Python can have, with what its parts need."""
    print(f"Installing Home Assistant with {python}, once; it takes some minutes.", flush=True)
    shutil.rmtree(PLACE, ignore_errors=True)
    _run(str(python), "-m", "venv", str(PLACE))
    _pip("--upgrade", "pip", "setuptools", "wheel")
    _pip("homeassistant")
    answer = _run(str(PLACE / "bin" / "python"), "-c", _NEEDS, json.dumps(INTEGRATIONS))
    version, constraints, needs = json.loads(answer)
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_VERSION:
        raise NotInstalled(f"Home Assistant {version} knows no devices by discovery; name a newer Python in {PYTHON}.")
    # Only what it needs directly is pinned by the package itself; the file pins the rest, all but this one.
    _pip("--constraint", constraints, f"homeassistant=={version}", *needs, *_unpinned(Path(constraints)))
    (PLACE / "complete").write_text(version)


def _unpinned(constraints: Path) -> Iterator[str]:
    """What a later release of a package has broken for the version installed here."""
    found = re.search(r"^aiodns==(\d+)\.(\d+)", constraints.read_text("utf-8"), re.MULTILINE)
    if found and (int(found[1]), int(found[2])) < (3, 6):
        yield "pycares<5"


def _pip(*arguments: str) -> None:
    _run(str(PLACE / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: str) -> str:
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode:
        raise NotInstalled(f"Home Assistant could not be installed: {' '.join(command[:6])} said: {ended.stderr}")
    return ended.stdout


def _pythons() -> Iterable[Path]:
    """Every Python that may be new enough, where people have them."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield from Path(folder).glob("python3.[0-9][0-9]")
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from root.glob("versions/*/bin/python3.[0-9][0-9]")


def _version(python: Path) -> tuple[int, ...] | None:
    """Return its version, None if it does not run or cannot make an environment."""
    try:
        ended = subprocess.run([python, "-c", _ASK_VERSION], check=False, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(map(int, ended.stdout.split())) if ended.returncode == 0 else None

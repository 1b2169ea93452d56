"""Both distributions as wheels, installed in an environment of their own; the network is not needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRIVOX = Path(__file__).parent / "librivox"

collect_ignore = ["librivox"]


def run(command: Sequence[str | Path], folder: Path, seconds: float = 120) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, f"{command[-1]}: {done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Installed:
    folder: Path
    wheel: Path
    python: Path
    packages: Path
    """Where the wheels were unpacked to."""

    def run(self, *words: str | Path) -> str:
        """Run something of the environment, in a folder that knows nothing of the sources."""
        return run([self.python.with_name(str(words[0])), *words[1:]], self.folder)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("foreign")
    for source in (ROOT, shutil.copytree(LIBRIVOX, folder / "source")):
        run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "wheels"], source)
    run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], folder)
    python = folder / "venv" / "bin" / "python"
    packages = Path(run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip())
    wheels = sorted((folder / "wheels").glob("*.whl"))
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", "--no-compile", *wheels], folder)
    # Everything else comes from the environment that runs the tests, as the last place that is looked at.
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    (ours,) = (wheel for wheel in wheels if not wheel.name.startswith("audiobook_daemon_librivox"))
    return Installed(folder, ours, python, packages)

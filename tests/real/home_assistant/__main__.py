"""Tries the daemon in a real Home Assistant, or says in a sentence why that is not possible here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.real.home_assistant.installation import VENV, NotInstalled, installed, suitable_python

TESTS = Path(__file__).parent


def main() -> int:
    try:
        venv = installed()
    except NotInstalled as reason:
        print(reason)
        return 0 if suitable_python() is None else 1
    # One Home Assistant serves all of them, and what it went through stays in its logbook: so they have an order.
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:randomly", str(TESTS), *sys.argv[1:]]
    return subprocess.run(command, check=False, env=os.environ | {VENV: str(venv)}).returncode


if __name__ == "__main__":
    sys.exit(main())

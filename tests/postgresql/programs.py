"""The programs of PostgreSQL, and the account they run as: they refuse root, and Debian keeps them off the PATH."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

DEBIAN = Path("/usr/lib/postgresql")
USER = "tester"
"""The role of the tests within the server."""


def find(name: str) -> Path | None:
    """The full path of a program of PostgreSQL, of the newest version there is, or None."""
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join(map(str, versions))) if versions else None
    found = found or shutil.which(name)
    return Path(found).resolve() if found else None


def program(name: str) -> str:
    """The same where it must be there."""
    path = find(name)
    assert path is not None, f"{name} is not installed"
    return str(path)


class Identity(TypedDict, total=False):
    """Whom a process becomes, as `subprocess` takes it."""

    user: int
    group: int


def identity() -> Identity:
    """Whom a process becomes: nobody else, or for root one of the accounts that own nothing."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid}
    raise AssertionError("There is no account that PostgreSQL could run as.")


def own(folder: Path) -> None:
    """Give a folder to that account."""
    if who := identity():
        os.chown(folder, who["user"], who["group"])


def initialise(data: Path) -> None:
    """Make an empty cluster that lets everybody on this machine in."""
    arguments = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    # Debian's clusters sort as people do, SQLite sorts by bytes: nothing may depend on either.
    sorting = ["--locale-provider=icu", "--icu-locale=de"] if version() >= 15 else []
    run([program("initdb"), *arguments, *sorting, "--no-instructions", "--pgdata", str(data)], data.parent)


def version() -> int:
    """The version of the server, as in 15."""
    told = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", told)[0])


def run(command: Sequence[str], folder: Path) -> None:
    """Run a program to its end; it must succeed."""
    ended = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **identity()
    )
    assert ended.returncode == 0, f"{command[0]}: {ended.stderr or ended.stdout}"

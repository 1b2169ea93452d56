"""Prints how books get into the library, plan by plan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.cli.acting import act, ask
from audiobook_daemon.cli.printing import say


def shelve(path: Path, limit: int, *, dry_run: bool, as_json: bool) -> int:
    """Shelve what is due, or print the plans; 1 if a book would have to wait."""
    words = ["--limit", str(limit), *(["--dry-run"] if dry_run else [])]
    if not dry_run or as_json:
        return act(path, "shelve", words, as_json=as_json)
    answer = ask(path, {"action": "shelve", "arguments": {"limit": limit, "dry_run": True}}, as_json=False)
    rows = answer["data"] if isinstance(answer["data"], list) else []
    for row in rows:
        _print_plan(row)
    say(str(answer["summary"]))
    return 1 if answer["failed"] else 0


def _print_plan(row: Mapping[str, object]) -> None:
    say(f"{row['id']}  {row['title']}", style="bold")
    lines = row["plan"]
    for line in lines if isinstance(lines, list) else []:
        say(f"   {line}")
    if row["refused"]:
        say(f"   It would have to wait: {row['refused']}")

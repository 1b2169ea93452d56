"""Prints what was taken out of the library, book by book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from audiobook_daemon.cli.acting import ask
from audiobook_daemon.cli.printing import local, print_json, say
from audiobook_daemon.shelving.sizes import in_words


def list_trash(path: Path, limit: int, *, as_json: bool) -> int:
    """List what lies in the trash, until when, and from where; 1 if that cannot be told."""
    answer = ask(path, {"action": "trash", "arguments": {}}, as_json=as_json)
    rows = answer["data"][:limit] if isinstance(answer["data"], list) else []
    if as_json:
        print_json({**answer, "data": rows})
        return 1 if answer["failed"] else 0
    for row in rows:
        _print_entry(row)
    say(str(answer["summary"]))
    if rows:
        say("To put one back: audiobook-daemon trash restore NUMBER")
    return 1 if answer["failed"] else 0


def _print_entry(row: Mapping[str, object]) -> None:
    size = f", {in_words(row['size'])}" if isinstance(row["size"], int) else ""
    say(f"{row['entry']}  {row['title']}{size}", style="bold")
    moved, due = (local(datetime.fromisoformat(str(row[name]))) for name in ("moved", "due"))
    say(f"   {row['reason']} In the trash since {moved}, kept until {due}.")
    say(f"   was in {row['from']}")
    say(f"   lies in {row['place']}")

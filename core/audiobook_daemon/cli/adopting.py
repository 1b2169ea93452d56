"""Taking in what is there already: what the commands do beside asking for their actions."""

from __future__ import annotations

from pathlib import Path

from audiobook_daemon.cli.acting import act
from audiobook_daemon.cli.printing import say

_MEANING = """\
Your library is read and counted: its books are known from now on and not wanted again, what you edit there stays as
you wrote it, and gaps and duplicates can be told. Nothing in it is written, moved or renamed.
"""
_NEXT = """
Next:
  audiobook-daemon report                               the library on a page: what is there, missing, double, wrong
  audiobook-daemon audit                                what is wrong or lacking, and what helps
  audiobook-daemon do series_completion --dry-run       what is missing from your series
  audiobook-daemon do metadata_full --dry-run           what would be corrected; nothing is, before you say so"""


def library(path: Path, *, dry_run: bool, as_json: bool) -> int:
    """Take an existing library in, and say what that means and what to do next."""
    if not as_json:
        say(_MEANING)
    status = act(path, "adopt_library", words_of(dry_run=dry_run), as_json=as_json)
    if not as_json and not status:
        say(_NEXT)
    return status


def words_of(**given: object) -> list[str]:
    """The arguments of an action as the command line writes them; what was not given is left out."""
    return [
        f"--{name.replace('_', '-')}={'true' if value is True else value}"
        for name, value in given.items()
        if value is not None and value is not False
    ]

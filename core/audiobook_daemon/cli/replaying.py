"""`replay`: past choices decided again by the rules that the configuration has now."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from audiobook_daemon.cli.printing import local, print_json, print_table, say
from audiobook_daemon.cli.reading import look, read_file
from audiobook_daemon.daemon import pipeline_of
from audiobook_daemon.pipeline import Change, Replayed, summary
from audiobook_daemon.pipeline import replay as decide_again
from audiobook_daemon.store import Database, utc_now


def replay(path: Path, want: int | None, since: int | None, *, everything: bool, as_json: bool) -> None:
    """Print what would change; of one want all decisions, else the newest of each want."""
    rules = pipeline_of(read_file(path)[0]).rules
    moment = None if since is None else utc_now() - timedelta(days=since)

    async def read(database: Database) -> list[Replayed]:
        return [one async for one in decide_again(database, rules, want=want, since=moment)]

    found = look(path, read)
    shown = [one for one in found if everything or want is not None or one.change is not Change.SAME]
    if as_json:
        print_json(shown)
        return
    say(summary(found))
    columns = ["want", "title", "decided", "", "then", "now", "why"]
    if shown:
        print_table(columns, [_row(one) for one in shown], empty="")


def _row(one: Replayed) -> list[str]:
    then, now = one.release_before or one.before, one.release_after or one.after or ""
    return [str(one.want), one.title, local(one.at), one.change.value, then, now, one.reason or ""]

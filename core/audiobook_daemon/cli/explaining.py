"""`explain`: why a want got this release and not another one, or what it waits for."""

from __future__ import annotations

from pathlib import Path

from audiobook_daemon.cli.long_story import tell_everything
from audiobook_daemon.cli.printing import print_json
from audiobook_daemon.cli.reading import look
from audiobook_daemon.cli.story import Story, tell
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.store import Database

_EVENTS = 50


def explain(path: Path, want_id: int, *, everything: bool, as_json: bool) -> None:
    """Print the story of a want: on one screen, whole, or as JSON."""

    async def read(database: Database) -> Story:
        want = await database.wants.get(want_id)
        if want is None:
            raise AudiobookDaemonError(f"There is no want {want_id}; `audiobook-daemon wants` lists them.")
        decisions = await database.decisions.for_want(want_id)
        blocked = await database.blocklist.for_want(want_id)
        return Story(want, decisions, blocked, await database.events.newest(_EVENTS, want_id=want_id))

    story = look(path, read)
    if as_json:
        print_json(story)
    elif everything:
        tell_everything(story)
    else:
        tell(story)

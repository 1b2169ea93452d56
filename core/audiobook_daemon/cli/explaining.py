"""`explain`: the whole story of one want."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from audiobook_daemon.cli.printing import local, print_json, print_table, say
from audiobook_daemon.cli.reading import look
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Stance, Want
from audiobook_daemon.store import Blocked, Candidate, Database, Decision, LoggedEvent

Story = tuple[Want, tuple[Decision, ...], tuple[Blocked, ...], tuple[LoggedEvent, ...]]

_SIGNS = {Stance.SUPPORT: "+", Stance.DOUBT: "?", Stance.VETO: "-"}
_SHOWN = 5
_EVENTS = 50


def explain(path: Path, want_id: int, *, as_json: bool) -> None:
    """Print what is wanted, what was found and thought of it, and what happened."""

    async def read(database: Database) -> Story:
        want = await database.wants.get(want_id)
        if want is None:
            raise AudiobookDaemonError(f"There is no want {want_id}; `audiobook-daemon wants` lists them.")
        decisions = await database.decisions.for_want(want_id)
        blocked = await database.blocklist.for_want(want_id)
        return want, decisions, blocked, await database.events.newest(_EVENTS, want_id=want_id)

    want, decisions, blocked, events = look(path, read)
    if as_json:
        print_json({"want": want, "decisions": decisions, "blocked": blocked, "events": events})
        return
    _head(want)
    if decisions:
        _decision(decisions[0])
    if blocked:
        say("\nTried before", style="bold")
        print_table(["release", "why not"], [[f"{item.source} {item.key}", item.reason] for item in blocked], empty="")
    say("\nWhat happened", style="bold")
    rows = [_told(list(same)) for _, same in groupby(reversed(events), key=lambda event: (event.after, event.reason))]
    print_table(["when", "state", ""], rows, empty="Nothing yet.")


def _told(same: list[LoggedEvent]) -> list[str]:
    """One line for events in a row that say the same."""
    return [local(same[0].at), same[0].after or "", same[0].reason or ""]


def _head(want: Want) -> None:
    book, wish = want.wish.book, want.wish
    authors = f" by {', '.join(book.authors)}" if book.authors else ""
    say(f"{book.title}{authors}", style="bold")
    for place in book.series:
        say(f"{place.name} {place.position or ''}".rstrip())
    say(f"Wished by {wish.origin or 'somebody'}{f': {wish.note}' if wish.note else ''}")
    waits = f" Next try {local(want.next_try)}." if want.next_try and want.state.open else ""
    say(f"Now {want.state.value}: {want.reason or ''}{waits}")
    if want.folder:
        say(f"In {want.folder}")


def _decision(decision: Decision) -> None:
    say(f"\nLast search, {local(decision.at)}: {decision.reason}", style="bold")
    if decision.silent:
        say(f"Could not answer: {', '.join(decision.silent)}")
    rows = [_candidate(candidate) for candidate in decision.candidates[:_SHOWN]]
    columns = ["release", "sure", "format", "kbit/s", "seeders", "for (+), in doubt (?), against (-)"]
    print_table(columns, rows, empty="No releases were found.")
    if len(decision.candidates) > _SHOWN:
        say(f"and {len(decision.candidates) - _SHOWN} more (--json shows all)")


def _candidate(candidate: Candidate) -> list[str]:
    release = candidate.release
    readers = f", read by {', '.join(release.narrators)}" if release.narrators else ""
    return [
        f"{release.title}{readers} ({release.source} {release.key})",
        "" if candidate.score is None else f"{candidate.score:.0%}",
        " ".join(release.formats),
        str(release.bitrate or "?"),
        "?" if release.seeders is None else str(release.seeders),
        "\n".join(f"{_SIGNS[verdict.stance]} {verdict.reason}" for verdict in candidate.verdicts),
    ]

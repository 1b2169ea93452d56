"""`explain`: the whole story of one want."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from audiobook_daemon.cli.printing import console, local, print_json, print_table
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
        console.print("\nTried before", style="bold")
        print_table(["release", "why not"], [[f"{item.source} {item.key}", item.reason] for item in blocked], empty="")
    console.print("\nWhat happened", style="bold")
    rows = [_told(list(same)) for _, same in groupby(reversed(events), key=lambda event: (event.after, event.reason))]
    print_table(["when", "state", ""], rows, empty="Nothing yet.")


def _told(same: list[LoggedEvent]) -> list[str]:
    """One line for events in a row that say the same."""
    return [local(same[0].at), same[0].after or "", same[0].reason or ""]


def _head(want: Want) -> None:
    book, wish = want.wish.book, want.wish
    authors = f" by {', '.join(book.authors)}" if book.authors else ""
    console.print(f"{book.title}{authors}", style="bold", markup=False, soft_wrap=True)
    for place in book.series:
        console.print(f"{place.name} {place.position or ''}".rstrip(), markup=False)
    console.print(f"Wished by {wish.origin or 'somebody'}{f': {wish.note}' if wish.note else ''}", markup=False)
    waits = f" Next try {local(want.next_try)}." if want.next_try and want.state.open else ""
    console.print(f"Now {want.state.value}: {want.reason or ''}{waits}", markup=False, soft_wrap=True)
    if want.folder:
        console.print(f"In {want.folder}", markup=False, soft_wrap=True)


def _decision(decision: Decision) -> None:
    console.print(f"\nLast search, {local(decision.at)}: {decision.reason}", style="bold", markup=False, soft_wrap=True)
    if decision.silent:
        console.print(f"Could not answer: {', '.join(decision.silent)}", markup=False)
    rows = [_candidate(candidate) for candidate in decision.candidates[:_SHOWN]]
    columns = ["release", "sure", "format", "kbit/s", "seeders", "for (+), in doubt (?), against (-)"]
    print_table(columns, rows, empty="No releases were found.")
    if len(decision.candidates) > _SHOWN:
        console.print(f"and {len(decision.candidates) - _SHOWN} more (--json shows all)")


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

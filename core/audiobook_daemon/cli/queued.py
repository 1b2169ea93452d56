"""Downloads, what waits for a person, decisions, and what must not be taken again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audiobook_daemon.cli.listing import Listing
from audiobook_daemon.cli.long_story import tell_decision
from audiobook_daemon.cli.printing import local, print_json, say, say_line
from audiobook_daemon.cli.reading import look
from audiobook_daemon.cli.story import tell_head
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.store import (
    Blocked,
    Database,
    Decision,
    DecisionLine,
    QueueEntry,
    QueueState,
    WantFilter,
    WantOrder,
    utc_now,
)

_BEST = 3


def downloads(path: Path, number: int | None, states: Sequence[str], limit: int, *, due: bool, as_json: bool) -> None:
    """Print the download queue; `due` are those that have waited long enough for another try."""
    chosen = [QueueState(one) for one in states] or ([QueueState.QUEUED] if due else None)

    async def read(database: Database) -> Sequence[QueueEntry]:
        lists = database.download_lists
        if number is None:
            return (await lists.page(chosen, due=utc_now() if due else None, oldest_first=due, limit=limit))[0]
        if found := await lists.get(number):
            return [found]
        raise AudiobookDaemonError(f"There is no download {number}; `audiobook-daemon downloads` lists them.")

    _DOWNLOADS.read(path, read, as_json=as_json)


def reviews(path: Path, limit: int, *, as_json: bool) -> None:
    """Print the books that wait for a person, the one that waits longest first."""

    async def read(database: Database) -> Sequence[Want]:
        waiting = WantFilter([WantState.REVIEW])
        return (await database.want_lists.page(waiting, order=WantOrder.WAITING, limit=limit))[0]

    found = look(path, read)
    _REVIEWS.show(found, as_json=as_json)
    if found and not as_json:
        say("`review WANT` shows the evidence; `accept WANT --candidate N` takes one, `reject WANT` looks for another.")


def review(path: Path, want_id: int, *, as_json: bool) -> None:
    """Print one book that waits for a person, with every candidate and what speaks for and against it."""

    async def read(database: Database) -> tuple[Want, tuple[Decision, ...]]:
        want = await database.wants.get(want_id)
        if want is None or want.state is not WantState.REVIEW:
            standing = f"it is {want.state.value}" if want else "there is none with this number"
            raise AudiobookDaemonError(f"Want {want_id} waits for nobody: {standing}. `audiobook-daemon review` lists.")
        return want, await database.decisions.for_want(want_id, limit=1)

    want, decisions = look(path, read)
    if as_json:
        print_json({"want": want, "decision": decisions[0] if decisions else None})
        return
    tell_head(want)
    for decision in decisions:
        tell_decision(decision)
    say(
        f"Answer: audiobook-daemon accept {want.id} --candidate N, or reject, search-again, give-up, drop in its place."
    )


def decisions(path: Path, want: int | None, outcome: str | None, limit: int, *, as_json: bool) -> None:
    """Print what was decided."""

    async def read(database: Database) -> Sequence[DecisionLine]:
        return (await database.decisions.page(want_id=want, outcome=outcome, limit=limit))[0]

    _DECISIONS.read(path, read, as_json=as_json)


def decision(path: Path, number: int, *, as_json: bool) -> None:
    """Print one decision, with every candidate."""

    async def read(database: Database) -> Decision:
        if found := await database.decisions.get(number):
            return found
        raise AudiobookDaemonError(f"There is no decision {number}; of each want the last ten are kept.")

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    say_line(f"Want {found.want_id}: {found.outcome}", style="bold")
    tell_decision(found)


def blocklist(path: Path, want: int | None, source: str | None, limit: int, *, as_json: bool) -> None:
    """Print the releases that must not be taken again."""

    async def read(database: Database) -> Sequence[Blocked]:
        return (await database.blocklist.page(want_id=want, source=source, limit=limit))[0]

    _BLOCKLIST.read(path, read, as_json=as_json)


def _download(entry: QueueEntry) -> Sequence[object]:
    want, seen = entry.want, entry.seen
    percent = None if seen is None else f"{100 * seen.download.progress:.0f} %"
    source = want.release.source if want.release else None
    return want.id, entry.state.value, percent, want.wish.book.title, source, entry.failures or None, want.reason


def _review(want: Want) -> Sequence[object]:
    offers = [f"{one.number}. {one.title} ({one.source}): {one.why}" for one in want.proposals[:_BEST]]
    more = len(want.proposals) - _BEST
    told = "\n".join([*offers, *([f"and {more} more"] if more > 0 else [])])
    return want.id, local(want.changed), want.wish.book.title, want.wish.book.authors, told or want.reason


def _decision(one: DecisionLine) -> Sequence[object]:
    return one.id, local(one.at), one.want_id, one.title, one.outcome, one.reason


def _blocked(one: Blocked) -> Sequence[object]:
    return one.id, local(one.added), one.want_id or "every", one.source, one.key, one.reason


_DOWNLOADS: Listing[QueueEntry] = Listing(
    ["want", "state", "", "title", "from", "failed", "why"], _download, "There is no such download."
)
_REVIEWS: Listing[Want] = Listing(["want", "since", "title", "author", "offers"], _review, "Nothing waits for you.")
_DECISIONS: Listing[DecisionLine] = Listing(
    ["no.", "when", "want", "title", "", "why"], _decision, "No such decision is on record."
)
_BLOCKLIST: Listing[Blocked] = Listing(
    ["entry", "since", "for want", "from", "key", "why"], _blocked, "No release is blocked."
)

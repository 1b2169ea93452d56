"""An author with the books that are owned and missing; what is followed; names that may be one series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audiobook_daemon.cli.completing import SAID, rule_of, standing_of
from audiobook_daemon.cli.listing import Listing
from audiobook_daemon.cli.printing import local, print_json, print_table, say
from audiobook_daemon.cli.reading import look
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import (
    AuthorStanding,
    Database,
    Follow,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    ProposalState,
)
from audiobook_daemon.upkeep.completion.alone import author_alone

_MISSING = (GapState.FOUND, GapState.UNRELEASED, GapState.GRADUAL, GapState.WANTED)


def author(path: Path, name: str, limit: int, *, as_json: bool) -> None:
    """Print an author with the owned books, by title, and the missing ones, the most urgent first."""

    async def read(database: Database) -> tuple[AuthorStanding, tuple[LibraryItem, ...], tuple[Gap, ...]]:
        found = await database.authors.named(name)
        if not found:
            raise AudiobookDaemonError(f"No author is called {name!r}; `audiobook-daemon authors` lists them.")
        owned = (await author_alone(database, found[0])).subject.items
        gaps = await database.gaps.list(_MISSING, kind=GapKind.AUTHOR, owner=found[0].key, limit=limit)
        return found[0], tuple(owned), gaps

    standing, items, gaps = look(path, read)
    books = sorted(items, key=lambda item: (item.book.title.casefold(), item.library, item.id))[:limit]
    if as_json:
        print_json({"author": replace(standing, works=()), "books": books, "missing": gaps})
        return
    owned, bar, status = standing_of(standing)
    say(f"{standing.name}: {owned} {bar} {status}")
    rows = [[item.book.title, "owned", "; ".join(place.name for place in item.book.series)] for item in books]
    rows += [[gap.title, SAID.get(gap.state, gap.state), f"gap {gap.id}"] for gap in gaps]
    print_table(["title", "", ""], rows, empty="None of the books is known yet.")


def follows(path: Path, kind: str | None, limit: int, *, as_json: bool) -> None:
    """Print what is followed, by kind and name."""

    async def read(database: Database) -> Sequence[Follow]:
        return [one for one in await database.follows.all() if kind in {None, one.kind}][:limit]

    _FOLLOWS.read(path, read, as_json=as_json)


def merges(path: Path, state: str, limit: int, *, as_json: bool) -> None:
    """Print the names that are probably one series, the oldest proposal first."""

    async def read(database: Database) -> Sequence[MergeProposal]:
        return (await database.merges.list(ProposalState(state)))[:limit]

    _MERGES.read(path, read, as_json=as_json)


def _follow(one: Follow) -> Sequence[object]:
    return one.id, one.kind, one.name, one.author, one.origin, rule_of(one)


def _merge(one: MergeProposal) -> Sequence[object]:
    return one.id, one.canonical, one.one, one.other, one.reason, local(one.at)


_FOLLOWS: Listing[Follow] = Listing(["no.", "", "name", "by", "says", "rule"], _follow, "Nothing is followed.")
_MERGES: Listing[MergeProposal] = Listing(
    ["no.", "name", "one", "other", "why", "since"], _merge, "No names are probably one series."
)

"""Commands that look at series, authors and gaps; they work beside a running daemon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from audiobook_daemon.cli.printing import print_json, print_table, say
from audiobook_daemon.cli.reading import look, read_file
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.store import (
    AuthorStanding,
    Completion,
    Database,
    Follow,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    ProposalState,
    SeriesStanding,
    Standing,
)
from audiobook_daemon.upkeep.completion.volumes import Volume, volumes_of

_BAR = 10
"""The length of a full bar."""
_OPEN = (GapState.FOUND, GapState.UNRELEASED, GapState.GRADUAL, GapState.WANTED)
SAID = {
    "found": "missing",
    "gradual": "missing, wanted little by little",
    "unreleased": "not out yet",
    "left_out": "left out",
}


def series(path: Path, status: Sequence[str], limit: int, *, as_json: bool) -> None:
    """Print the series, and the names that may be one."""
    statuses = [Completion(one) for one in status] or None

    async def read(database: Database) -> tuple[tuple[SeriesStanding, ...], tuple[MergeProposal, ...]]:
        return await database.series.list(statuses, limit=limit), await database.merges.list(ProposalState.OPEN)

    found, proposals = look(path, read)
    if as_json:
        print_json({"series": found, "proposals": proposals})
        return
    rows = [[one.name, ", ".join(one.authors[:2]), *standing_of(one)] for one in found]
    empty = "No series are known yet; `do recount` counts them, `do series_completion` looks up what is missing."
    print_table(["series", "by", "owned", "", "status"], rows, empty=empty)
    for proposal in proposals:
        say(
            f"{proposal.canonical!r} may be two names of one series: {proposal.reason}. "
            f"`do accept_merge {proposal.id}` makes them one, `do refuse_merge {proposal.id}` keeps them apart."
        )


def volumes(path: Path, name: str, *, as_json: bool) -> None:
    """Print a series volume by volume."""
    configuration, _ = read_file(path)

    async def read(database: Database) -> tuple[SeriesStanding, tuple[Volume, ...]]:
        found = await database.series.named(name)
        if not found:
            raise AudiobookDaemonError(f"No series is called {name!r}; `audiobook-daemon series` lists them.")
        today = datetime.now(configuration.timezone).date()
        languages = configuration.choose.languages
        return found[0], await volumes_of(database, found[0], configuration.series, languages, today)

    standing, listed = look(path, read)
    if as_json:
        print_json({"series": replace(standing, works=()), "volumes": listed})
        return
    owned, bar, status = standing_of(standing)
    say(f"{standing.name} by {', '.join(standing.authors) or 'nobody who is named'}: {owned} {bar} {status}")
    if standing.reason:
        say(standing.reason)
    rows = [
        [one.position or "", one.title, SAID.get(one.state, one.state), one.released or "", _more(one)]
        for one in listed
    ]
    empty = "Its volumes are not known yet; `do series_completion` looks them up."
    print_table(["", "title", "", "released", ""], rows, empty=empty)


def authors(path: Path, status: Sequence[str], limit: int, *, favourites: bool, as_json: bool) -> None:
    """Print the authors."""
    configuration, _ = read_file(path)
    statuses = [Completion(one) for one in status] or None

    async def read(database: Database) -> tuple[AuthorStanding, ...]:
        if favourites:
            return await database.authors.favourites(configuration.authors.least_owned, limit)
        return await database.authors.list(statuses, limit=limit)

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    rows = [[one.name, *standing_of(one)] for one in found]
    empty = "No authors are known yet; `do recount` counts them, `do author_completion` looks up what is missing."
    print_table(["author", "owned", "", "status"], rows, empty=empty)


def missing(
    path: Path, number: int | None, states: Sequence[str], name: str | None, limit: int, *, as_json: bool
) -> None:
    """Print the gaps, or one of them."""
    known = {state.value: state for state in GapState}
    if unknown := [one for one in states if one not in known]:
        raise AudiobookDaemonError(f"There is no state {unknown[0]!r}; states are {', '.join(known)}.")
    chosen = [known[one] for one in states] or _OPEN

    async def read(database: Database) -> tuple[Gap, ...]:
        if number is not None:
            if found := await database.gaps.get(number):
                return (found,)
            raise AudiobookDaemonError(f"There is no gap {number}; `audiobook-daemon missing` lists them.")
        if name is None:
            return await database.gaps.list(chosen, limit=limit)
        owners = [*await database.series.named(name), *await database.authors.named(name)]
        return tuple([gap for one in owners for gap in await database.gaps.list(chosen, owner=one.key, limit=limit)])

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    shown = found if name else _each_once(found)
    rows = [[str(gap.id), gap.title, _from(gap), SAID.get(gap.state, gap.state), _want_or_date(gap)] for gap in shown]
    print_table(["gap", "title", "of", "state", ""], rows, empty="Nothing is known to be missing.")


def upcoming(path: Path, limit: int, *, as_json: bool) -> None:
    """Print what is not out yet."""

    async def read(database: Database) -> tuple[Gap, ...]:
        return await database.gaps.upcoming(limit)

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    rows = [[gap.released or "?", gap.title, _from(gap), ", ".join(gap.work.book.authors)] for gap in _each_once(found)]
    print_table(["on", "title", "of", "by"], rows, empty="Nothing is announced.")


def follows(path: Path, *, as_json: bool) -> None:
    """Print what is followed."""

    async def read(database: Database) -> tuple[Follow, ...]:
        return await database.follows.all()

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    rows = [[one.kind, one.name, one.author or "", one.origin, rule_of(one)] for one in found]
    print_table(["", "name", "by", "says", "rule"], rows, empty="Nothing is followed.")


def standing_of(one: Standing) -> tuple[str, str, str]:
    """Owned of total, a bar, and the status."""
    if one.total is None or one.percent is None:
        return str(one.owned), "", one.status.value
    full = int(one.percent * _BAR / 100)
    return f"{one.owned}/{one.total}", "█" * full + "░" * (_BAR - full), one.status.value


def _each_once(found: Sequence[Gap]) -> list[Gap]:
    """The gaps without those of authors whose book is a gap of a series too."""
    series = [gap for gap in found if gap.kind is GapKind.SERIES]
    keys, wants = {gap.key for gap in series}, {gap.want_id for gap in series if gap.want_id}
    of_author = GapKind.AUTHOR
    return [gap for gap in found if not (gap.kind is of_author and (gap.key in keys or gap.want_id in wants))]


def _from(gap: Gap) -> str:
    """The series and the place in it; of an author's book, the author too."""
    if gap.kind is GapKind.SERIES:
        return gap.owner_and_place
    places = (f"{place.name} {place.position or ''}".rstrip() for place in gap.work.book.series[:1])
    return ", ".join((gap.owner_and_place, *places))


def _want_or_date(gap: Gap) -> str:
    parts = (f"want {gap.want_id}" if gap.want_id else None, gap.reason, gap.released)
    return next((part for part in parts if part), "")


def _more(volume: Volume) -> str:
    if volume.want:
        return f"want {volume.want}"
    return volume.note or (f"gap {volume.gap}" if volume.gap else "")


def rule_of(follow: Follow) -> str:
    """By which rule something is followed, in words."""
    kept = {name: value for name, value in follow.rule.items() if name not in {"series", "author"}}
    return ", ".join(f"{name}: {_spoken(value)}" for name, value in kept.items())


def _spoken(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

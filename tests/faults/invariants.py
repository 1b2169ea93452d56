"""What must be true of a household at any moment between two lives of the daemon, and what in the end.

Each rule answers with sentences about what breaks it; a household in order answers with none.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.demo.catalogue import DemoRelease
from audiobook_daemon.models import Want, WantState
from audiobook_daemon.shelving import AUDIO
from audiobook_daemon.store import Database, FileStep, PlanState, StoredPlan

DOT = ".audiobook-daemon"


@dataclass(frozen=True, slots=True)
class Legal:
    """Which fields a want must have in a state, and which it must not have."""

    needed: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


_NOTHING_YET = ("download", "path", "folder", "item", "client")
LEGAL: Mapping[WantState, Legal] = {
    WantState.WANTED: Legal(never=("release", *_NOTHING_YET)),
    WantState.REVIEW: Legal(needed=("code", "reason"), never=("folder", "item")),
    WantState.CHOSEN: Legal(needed=("release",), never=("path", "folder", "item")),
    WantState.DOWNLOADING: Legal(needed=("release", "client", "download"), never=("item",)),
    WantState.DOWNLOADED: Legal(needed=("release", "client", "download", "path"), never=("item",)),
    WantState.VERIFIED: Legal(needed=("release", "client", "download", "path"), never=("item",)),
    WantState.SHELVED: Legal(
        needed=("release", "client", "download", "path", "folder", "library", "item"), never=("proposals",)
    ),
    WantState.OWNED: Legal(needed=("library", "item"), never=("proposals",)),
    WantState.GIVEN_UP: Legal(needed=("code", "reason")),
    WantState.DROPPED: Legal(needed=("code", "reason")),
}
"""The legal states of a want."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that the database remembers of wants and files."""

    wants: tuple[Want, ...]
    open_steps: tuple[FileStep, ...]
    open_plans: tuple[StoredPlan, ...]
    done_plans: tuple[StoredPlan, ...]


async def remembered(address: str) -> Remembered:
    """Read it, while no daemon has the database open for writing."""
    async with Database.open(address, exclusive=False) as database:
        return Remembered(
            await database.wants.list(limit=1000),
            await database.journal.open_steps(),
            await database.plans.standing([PlanState.MADE, PlanState.BEGUN]),
            await database.plans.standing([PlanState.DONE]),
        )


def states(known: Remembered) -> Iterator[str]:
    """Every want is in a legal state, with all that belongs to it."""
    for want in known.wants:
        legal = LEGAL[want.state]
        for name in legal.needed:
            if not getattr(want, name):
                yield f"{_name(want)} is {want.state} without {name}."
        for name in legal.never:
            if getattr(want, name):
                yield f"{_name(want)} is {want.state} with {name} {getattr(want, name)!r}."
        if (want.code is None) is not (want.reason is None):
            yield f"{_name(want)} has the code {want.code!r} and the reason {want.reason!r}."
        if want.version < 1 or want.faults < 0 or want.attempts < 0:
            yield f"{_name(want)} counts wrongly: {want.version}, {want.faults}, {want.attempts}."


def nothing_shared(known: Remembered) -> Iterator[str]:
    """No two wants have one key, one folder or one item; one torrent serves two of them only with other files."""
    for name in ("key", "folder", "item"):
        held = Counter(value for want in known.wants if (value := getattr(want, name)))
        yield from (f"{count} wants have the {name} {value}." for value, count in held.items() if count > 1)
    taken = Counter(
        (want.download, path) for want in known.wants if want.download for path in want.selection or ("all of it",)
    )
    yield from (f"{count} wants take {path} of {download}." for (download, path), count in taken.items() if count > 1)


def replayable(known: Remembered) -> Iterator[str]:
    """What is begun and not done belongs to a want that will come to it again."""
    wants = {want.id: want for want in known.wants}
    for step in known.open_steps:
        want = wants.get(step.want_id or 0)
        if want is None or want.state is WantState.SHELVED:
            yield f"The step {step.kind} to {step.target} is open, but {_name(want) if want else 'its want'} is done."
    for plan in known.open_plans:
        want = wants.get(plan.want_id or 0)
        if want is None or want.state is WantState.SHELVED:
            yield f"Plan {plan.id} is {plan.state}, but {_name(want) if want else 'its want'} is done."


def visible_books(
    known: Remembered, library: Path, owned: Sequence[Path], releases: Mapping[str, DemoRelease]
) -> Iterator[str]:
    """Whatever can be seen in the library is a whole book that a want has on record, byte by byte its source."""
    by_folder = {Path(want.folder): want for want in known.wants if want.folder and want.state is not WantState.OWNED}
    homes = {*owned, *by_folder}
    for file in audio(library):
        if not any(file.is_relative_to(home) for home in homes) and not _hidden(file, library):
            yield f"{file.relative_to(library)} belongs to nobody."
    for folder, want in by_folder.items():
        if not folder.is_dir() and want.state is WantState.SHELVED:
            yield f"{_name(want)} is shelved, and {folder} does not exist."
        elif folder.is_dir() and want.download and (lack := _lacks(folder, want, releases[want.download])):
            yield f"{_name(want)} ({want.state}): {lack}"


def _lacks(folder: Path, want: Want, release: DemoRelease) -> str | None:
    wanted = Counter(map(digest, _sources(want, release)))
    found = Counter(map(digest, audio(folder)))
    if found == wanted:
        return None
    return f"{(wanted - found).total()} files lack and {(found - wanted).total()} are foreign in {folder}."


def _sources(want: Want, release: DemoRelease) -> Iterator[Path]:
    """The uploader's files of which the book is made: all of the torrent, or what was selected of it."""
    if not want.selection:
        return audio(release.content)
    return (release.content.parent / path for path in want.selection)


def tidy(known: Remembered, library: Path) -> Iterator[str]:
    """In the end nothing is left half done: no staging, no open step, no open plan."""
    yield from (f"{place.name} is left in the library." for place in library.iterdir() if place.name.startswith(DOT))
    yield from (f"The step {step.kind} to {step.target} is still open." for step in known.open_steps)
    yield from (f"Plan {plan.id} is still {plan.state}." for plan in known.open_plans)
    doubled = Counter(plan.want_id for plan in known.done_plans if plan.kind == "shelve")
    yield from (f"Want {want} was shelved by {count} plans." for want, count in doubled.items() if count > 1)


def told(log: str, secrets: Sequence[str]) -> Iterator[str]:
    """The log holds no secret and no traceback."""
    yield from (f"A secret of {len(secret)} characters is in the log." for secret in secrets if secret in log)
    for mark in ("Traceback", "A mistake in the program"):
        if mark in log:
            start = log.index(mark)
            yield f"The log holds: {log[max(0, start - 300) : start + 3000]}"


def audio(place: Path) -> Iterator[Path]:
    """The audio files of a download or folder."""
    found = [place] if place.is_file() else place.rglob("*")
    return (file for file in found if file.suffix in AUDIO)


def digest(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else f"{file} cannot be read"


def _hidden(file: Path, library: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(library).parts)


def _name(want: Want) -> str:
    return f"Want {want.id} ({want.wish.book.title})"


Rule = Callable[[Remembered], Iterator[str]]
ALWAYS: tuple[Rule, ...] = (states, nothing_shared, replayable)
"""The rules that need the database alone."""

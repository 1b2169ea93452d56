"""What has happened to a shelved book since it was shelved, so that nothing somebody did to it is taken away."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audiobook_daemon.models import Want
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import SHELVE, is_audio, locate
from audiobook_daemon.shelving.fingerprint import Fingerprint, differences, fingerprints, from_json
from audiobook_daemon.store import PlanState

_BESIDE = frozenset({"metadata.json", "desc.txt", "reader.txt", ".ignore"})
_BESIDE_SUFFIXES = frozenset({".opf", ".nfo", ".jpg", ".jpeg", ".png", ".webp", ".abs"})
"""What Audiobookshelf and people put beside the audio to describe it."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What was found."""

    refusals: tuple[str, ...] = ()
    """Sentences that speak against taking the book out."""
    notes: tuple[str, ...] = ()
    """What else there is to know."""


async def touched(world: World, want: Want) -> Touched:
    """Compare a shelved folder with what was placed in it; without a record of that, with the seeding copy."""
    folder = Path(want.folder or "")
    try:
        now = await asyncio.to_thread(fingerprints, folder)
    except OSError as error:
        return Touched((f"{error.filename or folder}: {error.strerror}.",))
    placed = await _placed(world, want)
    if placed is not None:
        found = {one.name: one for one in now}
        changed = {one.name: told for one in placed for told in differences([one], filter(None, [found.get(one.name)]))}
        beside = tuple(told for name, told in changed.items() if _is_beside(name))
        wrong = tuple(told for name, told in changed.items() if not _is_beside(name))
        return Touched((*wrong, *_foreign(now, {one.name for one in placed})), beside)
    audio = {one.name for one in now if is_audio(one.name)}
    return Touched((*unlike_the_download(want, now), *_foreign(now, audio)))


async def _placed(world: World, want: Want) -> tuple[Fingerprint, ...] | None:
    """What the files looked like when they were placed; None for books of older versions."""
    for plan in reversed(await world.database.plans.for_want(want.id)):
        known = plan.kind == SHELVE and plan.state is PlanState.DONE and plan.result and plan.result.get("files")
        if known and plan.plan.get("folder") in {None, want.folder}:
            return from_json(known)
    return None


def added_by_others(folder: Path) -> str | None:
    """What lies in a folder and is neither audio nor a description, as a sentence; raises OSError."""
    now = fingerprints(folder)
    return next(_foreign(now, {one.name for one in now if is_audio(one.name)}), None)


def _foreign(now: Sequence[Fingerprint], known: set[str]) -> Iterator[str]:
    """What nobody knows keeps a book where it is; descriptions go along into the trash."""
    if names := [one.name for one in now if one.name not in known and not _is_beside(one.name)]:
        yield f"{_some(names)} was put there by somebody else."


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.lower() in _BESIDE or path.suffix.lower() in _BESIDE_SUFFIXES


def unlike_the_download(want: Want, now: Sequence[Fingerprint]) -> tuple[str, ...]:
    """How the audio of a folder differs from that of the download, by sizes; a sentence for each thing."""
    audio = [one for one in now if is_audio(one.name)]
    if want.path is None or not want.torrent_files:
        return ("It was shelved by an older version, and nothing is on record of how its files looked then.",)
    sources = locate(Path(want.path), want.torrent_files, want.selection)
    return tuple(_unequal(Counter(one.size for one in audio), Counter(one.file.size for one in sources)))


def _unequal(there: Counter[int], then: Counter[int]) -> Iterator[str]:
    if lost := (then - there).total():
        yield f"{lost} of the files that were shelved are gone or have another size."
    if more := (there - then).total():
        yield f"{more} audio files are not those of the download."


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"

"""Folders: outside of the libraries their books enter as finished downloads; inside they are owned where they stand."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.actions import report_progress
from audiobook_daemon.errors import PluginError
from audiobook_daemon.matching.contents import FileGroup, find_books, match_groups
from audiobook_daemon.models import Outcome, TorrentFile, WantState
from audiobook_daemon.pipeline.adopting.in_place import own_where_it_stands
from audiobook_daemon.pipeline.adopting.listing import list_files
from audiobook_daemon.pipeline.adopting.places import library_roots, place_of
from audiobook_daemon.pipeline.adopting.reading import Told, read_tags_of, told_of
from audiobook_daemon.pipeline.adopting.recognising import Recognised, named, recognise
from audiobook_daemon.pipeline.adopting.taking import take_in
from audiobook_daemon.pipeline.adopting.torrents import Naming
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import is_audio, locate
from audiobook_daemon.store import WantFields

_ON_THE_WAY = (WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.VERIFIED, WantState.REVIEW)
_MOST_WANTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The files of one book below the folder that was named."""

    path: Path
    """Its folder, or its single file."""
    files: tuple[TorrentFile, ...]
    """All that lies there, as a torrent would name it."""
    selection: tuple[str, ...]
    """Its own files, if others lie there too."""
    group: FileGroup

    @property
    def key(self) -> str:
        """Names just these files: other sizes or names are another release."""
        told = "\n".join([str(self.path), *(f"{file.path} {file.size}" for file in self.files), *self.selection])
        return hashlib.sha256(told.encode()).hexdigest()[:40]


async def adopt_folder(world: World, path: str, naming: Naming, *, dry_run: bool) -> Outcome:
    """Take in the one book that was named, or every book of a folder that is surely recognised."""
    place = await place_of(world, path)
    roots = await library_roots(world)
    inside = _library_around(place, roots)
    files = await asyncio.to_thread(list_files, place)
    groups = await asyncio.to_thread(find_books, files)
    if not groups:
        raise NotPossible(f"{place} holds no audio.")
    books = [_found(place, files, groups, group) for group in groups]
    if (one := await _named(world, naming, books, place)) is not None:
        found, book = one
        told = await _take(world, book, found, inside, dry_run=dry_run)
        return Outcome(f"{told['book']!r} {told['result']}.", 1, int(told["taken"] == "yes"), data=told)
    rows = []
    for number, book in enumerate(books):
        report_progress(number, len(books), f"adopt {book.path.name}")
        rows.append(await _tried(world, book, place, inside, dry_run=dry_run))
    count = sum(row["taken"] == "yes" for row in rows)
    verb = "would be taken in" if dry_run else "taken in"
    left = f", {len(rows) - count} left as they are" if count < len(rows) else ""
    return Outcome(f"adopt_folder: {count} of {len(rows)} books {verb}{left}.", len(rows), count, data=rows)


def _library_around(place: Path, roots: Mapping[str, Path]) -> str | None:
    """The library that a place lies in; raises NotPossible for one that holds a library itself."""
    for library, root in roots.items():
        if root.is_relative_to(place):
            raise NotPossible(f"{place} holds the library {library}; `adopt library` reads what it has.")
    return next((library for library, root in roots.items() if place.is_relative_to(root)), None)


def _found(place: Path, files: Sequence[TorrentFile], groups: Sequence[FileGroup], group: FileGroup) -> Found:
    """One book of a listing, with its own folder as the top: the files of a folder that it shares are not its own."""
    mine = set(group.paths)
    folder = group.folder
    below = [file for file in files if folder and file.path.startswith(f"{folder}/")]
    shared = not folder or any(
        other is not group and any(path.startswith(f"{folder}/") for path in other.paths) for other in groups
    )
    if shared and len(group.paths) == 1:
        (only,) = (file for file in files if file.path in mine)
        single = TorrentFile(only.path.rpartition("/")[2], only.size)
        return Found(place.parent / only.path, (single,), (), group)
    own = [file for file in (files if not folder else below) if not shared or file.path in mine]
    above = folder.rpartition("/")[0]
    cut = len(above) + 1 if above else 0
    relative = tuple(TorrentFile(file.path[cut:], file.size) for file in own)
    paths = tuple(path[cut:] for path in group.paths)
    alone = not shared and set(paths) == {file.path for file in relative if is_audio(file.path)}
    return Found(place.parent / folder if folder else place, relative, () if alone else paths, group)


async def _named(world: World, naming: Naming, books: Sequence[Found], place: Path) -> tuple[Recognised, Found] | None:
    """What a person named, and which of the books that is; None if nothing was named."""
    told = await asyncio.to_thread(_told, books[0], place.parent.name) if len(books) == 1 else None
    found = await named(world, naming.want, naming.title, naming.author, told)
    if found is None:
        return None
    if len(books) == 1:
        return found, books[0]
    groups = [book.group for book in books]
    (match,) = await asyncio.to_thread(match_groups, groups, [found.wish])
    if match.group is None:
        raise NotPossible(
            f"{place} holds {len(books)} books, and {found.wish.book.title!r} is not surely one of them: "
            f"{match.verdict.reason}. Name its own folder."
        )
    return found, next(book for book in books if book.group is match.group)


async def _tried(world: World, book: Found, place: Path, inside: str | None, *, dry_run: bool) -> dict[str, object]:
    """Take one book of many in, or say why it is left; one that cannot be taken keeps no other from it."""
    above = place.parent.name if "/" not in book.group.folder else ""
    told = await asyncio.to_thread(_told, book, above)
    try:
        if inside is not None:
            return await _take(world, book, None, inside, dry_run=dry_run)
        found = await recognise(world, told, told.release(book.key, book.files))
        return await _take(world, book, found, inside, dry_run=dry_run)
    except (NotPossible, PluginError) as error:
        title = told.book.title if told.book else told.claims.title
        return {"folder": str(book.path), "book": title or "", "taken": "no", "result": str(error)}


async def _take(
    world: World, book: Found, found: Recognised | None, inside: str | None, *, dry_run: bool
) -> dict[str, object]:
    row: dict[str, object] = {"folder": str(book.path)}
    if inside is not None:
        title, result = await own_where_it_stands(world, inside, book.path, found, dry_run=dry_run)
        return {**row, "book": title, "taken": "yes", "result": result}
    assert found is not None
    await _refuse_under_way(world, book)
    _refuse_huge(world, book)
    row["book"] = found.wish.book.title
    if dry_run:
        return {**row, "taken": "yes", "result": f"would be taken in: {found.why}"}
    release = (await asyncio.to_thread(_told, book, "")).offer(book.key, book.files)
    fields = WantFields(release=release, path=str(book.path), torrent_files=book.files, selection=book.selection)
    reason = f"A person has it in {book.path}."
    want = await take_in(world, found, WantState.DOWNLOADED, reason, fields)
    return {**row, "taken": "yes", "result": f"is taken in as want {want.id}: {found.why}", "id": want.id}


async def _refuse_under_way(world: World, book: Found) -> None:
    """The files of a want that is on its way are that want's, whatever they are called."""
    for want in await world.database.wants.list(_ON_THE_WAY, limit=_MOST_WANTS):
        if want.path is None:
            continue
        other = Path(want.path)
        same = other == book.path or book.path.is_relative_to(other) or other.is_relative_to(book.path)
        mine, theirs = set(book.selection), set(want.selection)
        if same and not (other == book.path and mine and theirs and mine.isdisjoint(theirs)):
            raise NotPossible(f"{book.path} is the download of {want.wish.book.title!r} already: want {want.id}.")


def _refuse_huge(world: World, book: Found) -> None:
    most = world.settings.rules.gates.max_size
    if book.group.size > most:
        raise NotPossible(f"{book.path} holds more than {most / 1e9:g} GB of audio (`choose: max_size`) for one book.")


def _told(book: Found, above: str) -> Told:
    own = book.selection or tuple(file.path for file in book.files if is_audio(file.path))
    shared = bool(book.selection) or book.path.is_file()
    return told_of(book.group, above, read_tags_of(locate(book.path, book.files, own)), shared=shared)

"""Folders: outside of the libraries their books enter as finished downloads; inside they are owned where they stand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from audiobook_daemon.actions import report_progress
from audiobook_daemon.errors import PluginError
from audiobook_daemon.matching.contents import match_groups
from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.pipeline.adopting.finding import Found, books_in
from audiobook_daemon.pipeline.adopting.in_place import own_where_it_stands
from audiobook_daemon.pipeline.adopting.listing import list_files
from audiobook_daemon.pipeline.adopting.places import library_roots, place_of
from audiobook_daemon.pipeline.adopting.recognising import Recognised, named, open_wants, recognise
from audiobook_daemon.pipeline.adopting.recordings import Recording, second_ones
from audiobook_daemon.pipeline.adopting.taking import take_in
from audiobook_daemon.pipeline.adopting.torrents import Naming
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import WantFields

_ON_THE_WAY = (WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.VERIFIED, WantState.REVIEW)
_MOST_WANTS = 1_000_000
Row = dict[str, object]
"""What is told of one book: `folder`, `book`, `taken` (yes or no), `result`."""
_Held = tuple[Path, Want]
"""A real folder or file, and whose it is."""


async def adopt_folder(world: World, path: str, naming: Naming, *, dry_run: bool) -> Outcome:
    """Take in the one book that was named, or every book of a folder that is surely recognised."""
    place = await place_of(world, path)
    roots = await library_roots(world)
    inside = _library_around(place, roots)
    files = await asyncio.to_thread(list_files, place)
    books = await asyncio.to_thread(books_in, place, files)
    if not books:
        raise NotPossible(f"{place} holds no audio.")
    under_way = await _under_way(world)
    if (one := await _named(world, naming, books, place)) is not None:
        found, book = one
        told = await _take(world, book, found, inside, under_way, dry_run=dry_run)
        return Outcome(f"{told['book']!r} {told['result']}.", 1, int(told["taken"] == "yes"), data=told)
    rows = await _all(world, books, inside, under_way, place.parent.name if len(books) == 1 else "", dry_run=dry_run)
    count = sum(row["taken"] == "yes" for row in rows)
    verb = "would be taken in" if dry_run else "taken in"
    left = f", {len(rows) - count} left as they are" if count < len(rows) else ""
    return Outcome(f"adopt_folder: {count} of {len(rows)} books {verb}{left}.", len(rows), count, data=rows)


async def _all(
    world: World, books: Sequence[Found], inside: str | None, under_way: list[_Held], above: str, *, dry_run: bool
) -> list[Row]:
    """Take in every book that is certain; one that cannot be taken keeps no other from it."""
    looked: list[Recording | None] = []
    rows: list[Row] = []
    wanted = [] if inside else await open_wants(world)
    for number, book in enumerate(books):
        report_progress(number, len(books), f"looking at {book.path.name}")
        said = await asyncio.to_thread(book.told, above)
        title = said.book.title if said.book else said.claims.title
        rows.append({"folder": str(book.path), "book": title or "", "taken": "no", "result": ""})
        looked.append(None)
        with _told(rows[number]):
            if inside is None:
                release = said.release(book.key, book.files)
                looked[number] = Recording(await recognise(world, said, release, wanted), release)
    second = second_ones([one for one in looked if one], world.settings.rules)
    for number, (book, one) in enumerate(zip(books, looked, strict=True)):
        report_progress(number, len(books), f"adopt {book.path.name}")
        if one and one.release.key in second:
            rows[number]["result"] = f"{second[one.release.key]!r} is the same book, and rather taken"
        elif one or inside:
            with _told(rows[number]):
                found = one.found if one else None
                rows[number] = await _take(world, book, found, inside, under_way, dry_run=dry_run)
    return rows


@contextmanager
def _told(row: Row) -> Iterator[None]:
    """Let what goes wrong with a book be told of it."""
    try:
        yield
    except (NotPossible, PluginError) as error:
        row["result"] = str(error)


def _library_around(place: Path, roots: Mapping[str, Path]) -> str | None:
    """The library that a place lies in; raises NotPossible for one that holds a library, or is hidden from it."""
    for library, root in roots.items():
        if root.is_relative_to(place):
            raise NotPossible(f"{place} holds the library {library}; `adopt library` reads what it has.")
        if place.is_relative_to(root) and any(part.startswith(".") for part in place.relative_to(root).parts):
            raise NotPossible(f"{place} is hidden from the library {library}.")
    return next((library for library, root in roots.items() if place.is_relative_to(root)), None)


async def _named(world: World, naming: Naming, books: Sequence[Found], place: Path) -> tuple[Recognised, Found] | None:
    """What a person named, and which of the books that is; None if nothing was named."""
    told = await asyncio.to_thread(books[0].told, place.parent.name) if len(books) == 1 else None
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


async def _take(
    world: World, book: Found, found: Recognised | None, inside: str | None, under_way: list[_Held], *, dry_run: bool
) -> Row:
    row: Row = {"folder": str(book.path)}
    if inside is not None:
        if book.loose:
            raise NotPossible(f"{book.path} lies loose in a library, beside others; let each book have its own folder.")
        title, result = await own_where_it_stands(world, inside, book.path, found, dry_run=dry_run)
        return {**row, "book": title, "taken": "yes", "result": result}
    assert found is not None
    _refuse_under_way(under_way, book)
    _refuse_huge(world, book)
    row["book"] = found.wish.book.title
    if dry_run:
        return {**row, "taken": "yes", "result": f"would be taken in: {found.why}"}
    release = (await asyncio.to_thread(book.told)).offer(book.key, book.files)
    fields = WantFields(release=release, path=str(book.path), torrent_files=book.files, selection=book.selection)
    want = await take_in(world, found, WantState.DOWNLOADED, f"A person has it in {book.path}.", fields)
    under_way.append((book.path, want))
    return {**row, "taken": "yes", "result": f"is taken in as want {want.id}: {found.why}", "id": want.id}


async def _under_way(world: World) -> list[_Held]:
    """The wants that have files, which are not for the taking."""
    wants = await world.database.wants.list(_ON_THE_WAY, limit=_MOST_WANTS)
    return await asyncio.to_thread(lambda: [(Path(want.path).resolve(), want) for want in wants if want.path])


def _refuse_under_way(under_way: Sequence[_Held], book: Found) -> None:
    """The files of a want that is on its way are that want's, whatever they are called."""
    for other, want in under_way:
        same = other == book.path or book.path.is_relative_to(other) or other.is_relative_to(book.path)
        mine, theirs = set(book.selection), set(want.selection)
        if same and not (other == book.path and mine and theirs and mine.isdisjoint(theirs)):
            raise NotPossible(f"{book.path} is the download of {want.wish.book.title!r} already: want {want.id}.")


def _refuse_huge(world: World, book: Found) -> None:
    most = world.settings.rules.gates.max_size
    if book.group.size > most:
        raise NotPossible(f"{book.path} holds more than {most / 1e9:g} GB of audio (`choose: max_size`) for one book.")

"""A book that lies in a library already stays where it lies; the library is asked to know it, and nothing is moved."""

from __future__ import annotations

import asyncio
from pathlib import Path

from audiobook_daemon.errors import PluginError
from audiobook_daemon.matching import compare_books
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.models import LibraryItem, Want, WantState
from audiobook_daemon.pipeline.adopting.owning import own
from audiobook_daemon.pipeline.adopting.recognising import Recognised
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.pipeline.owned import known_want, satisfies
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library

_OPEN = frozenset({WantState.WANTED, WantState.REVIEW, WantState.GIVEN_UP, WantState.DROPPED, WantState.CHOSEN})


async def own_where_it_stands(
    world: World, library: str, place: Path, found: Recognised | None, *, dry_run: bool
) -> tuple[str, str]:
    """Let the library know a folder of its own, and the want of its book be owned; returns its title and a sentence.

    Raises NotPossible if the library knows it as another book than the one named, or does not take it in.
    """
    folder = await _as_the_library_says(world, library, place)
    known = await world.database.books.at(library, str(folder))
    if dry_run and known is None:
        return folder.name, f"would be shown to {library}, which does not know it yet"
    if known is None:
        try:
            known = await world.host.ask_one(library, Library.admit, folder=str(folder))
        except PluginError as error:
            raise NotPossible(f"{library} does not take in {folder}: {error}") from error
        await world.database.books.upsert([keyed(known)])
        said = f"is known to {library} now, and owned where it stands"
    else:
        said = f"is known to {library}, and owned where it stands"
    want = await _want_of(world, known, found)
    if want and not dry_run and await own(world, want, known):
        said = f"{said}, as want {want.id}"
    return known.book.title, said


async def _as_the_library_says(world: World, library: str, place: Path) -> Path:
    """The same folder below the root as the library names it, which may be a link."""
    root = Path(await world.host.ask_one(library, Library.root))
    return root / place.relative_to(await asyncio.to_thread(root.resolve))


async def _want_of(world: World, item: LibraryItem, found: Recognised | None) -> Want | None:
    want = found.want if found else await known_want(world, item.book)
    if found and compare_books(found.wish.book, item.book) is Likeness.DIFFERENT:
        by = ", ".join(item.book.authors) or "nobody"
        raise NotPossible(
            f"{item.library} knows it as {item.book.title!r} by {by}, which is not {found.wish.book.title!r}. "
            "Correct it there first, or name another folder."
        )
    if want is None or want.state not in _OPEN or want.download or want.replaces:
        return None
    if found or (want.state is not WantState.DROPPED and satisfies(want.wish, item, world.settings.rules.gates)):
        return want
    return None

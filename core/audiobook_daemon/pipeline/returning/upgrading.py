"""Lets a better edition be looked for of books one owns."""

from __future__ import annotations

from audiobook_daemon.matching import book_key
from audiobook_daemon.models import LibraryItem, Outcome, Want, WantState, Wish
from audiobook_daemon.pipeline.engine import save
from audiobook_daemon.pipeline.owned import known_want
from audiobook_daemon.pipeline.returning.edition import edition_of
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.standing import LOOK_AGAIN, looked_for_again, replaced_by
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import WantChanges

_STANDING = (WantState.SHELVED, WantState.OWNED)
_SOUGHT = "A better edition than the one in the library is looked for."
_OWNED = "owned"


async def look_for_better(world: World, want_id: int | None, book: str | None, *, dry_run: bool) -> Outcome:
    """Look for a better edition of one book, at the next `choose`; raises NotReturned."""
    want = await _named(world, book, dry_run=dry_run) if book is not None else await _known(world, want_id or 0)
    title = want.wish.book.title
    if want.state not in _STANDING or not _is_fit(want):
        raise NotReturned(f"{title!r} (want {want.id}) cannot be upgraded: it is {want.state}.")
    if not dry_run and not await _begin(world, want):
        raise NotReturned(f"{title!r} cannot be upgraded: no audio of it can be looked at in {want.folder}.")
    verb = "would be looked for" if dry_run else "is looked for"
    return Outcome(f"upgrade: a better edition of {title} {verb}.", 1, 0 if dry_run else 1, data={"id": want.id})


async def look_for_better_ones(world: World, limit: int, *, dry_run: bool) -> Outcome:
    """Look for better editions of some shelved and owned books; those that were looked for lately have to wait."""
    if not world.settings.upgrade:
        raise NotReturned(
            "Books are not upgraded without being named. Name one with --want or --book, or set `upgrade: yes` under "
            "`shelve:`."
        )
    due = [want for state in _STANDING for want in await world.database.wants.due(state, world.now(), limit)][:limit]
    begun = [want for want in due if (_is_fit(want) if dry_run else await _begin_or_pass_over(world, want))]
    verb = "would be looked for" if dry_run else "are looked for"
    told = f"upgrade: better editions of {len(begun)} books {verb}."
    titles = [{"id": want.id, "title": want.wish.book.title} for want in begun]
    return Outcome(told, len(due), 0 if dry_run else len(begun), data=titles)


def _is_fit(want: Want) -> bool:
    return bool(want.library and want.item and want.folder)


async def _begin_or_pass_over(world: World, want: Want) -> bool:
    """A book that cannot be looked at makes room for the next one."""
    if _is_fit(want) and await _begin(world, want):
        return True
    await save(world, want, WantChanges(next_try=world.now() + LOOK_AGAIN))
    return False


async def _begin(world: World, want: Want) -> bool:
    assert want.library is not None
    assert want.item is not None
    assert want.folder is not None
    replaced = replaced_by(want, want.folder, want.library, want.item)
    if await edition_of(world, replaced) is None:
        return False
    return await save(world, want, looked_for_again(replaced, _SOUGHT)) is not None


async def _known(world: World, want_id: int) -> Want:
    want = await world.database.wants.get(want_id)
    if want is None:
        raise NotReturned(f"There is no want {want_id}; `audiobook-daemon wants` lists them.")
    return want


async def _named(world: World, name: str, *, dry_run: bool) -> Want:
    """The want of a book in a library; a book that came there otherwise gets one that is OWNED."""
    found = await world.database.attention.named(name)
    if len(found) != 1:
        what = "may be several books; name it by its number" if found else "is no book in the library"
        raise NotReturned(f"{name!r} {what}; `audiobook-daemon incomplete --below 100` lists books with their ids.")
    item = await world.database.books.get(found[0].library, found[0].item)
    assert item is not None
    if known := await known_want(world, item.book):
        return known
    wish = Wish(item.book, languages=(item.book.language,) if item.book.language else (), runtimes=_runtimes(item))
    if dry_run:
        return Want(
            0, book_key(item.book), wish, WantState.OWNED, 0, library=item.library, item=item.id, folder=item.path
        )
    want, _ = await world.database.wants.add(
        book_key(item.book),
        wish,
        state=WantState.OWNED,
        code=_OWNED,
        reason=f"{item.library} holds it.",
        library=item.library,
        item=item.id,
        folder=item.path,
    )
    return want


def _runtimes(item: LibraryItem) -> tuple[float, ...]:
    """What the owned edition says of the running time of a good one; an abridgement says nothing."""
    return (item.runtime,) if item.runtime and not item.abridged else ()

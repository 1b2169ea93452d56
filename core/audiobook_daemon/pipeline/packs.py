"""A torrent may hold several books: each want has its own files of it, and no file is two wants'."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence

from audiobook_daemon.errors import Refused, Unavailable
from audiobook_daemon.matching import GateRules, gates, no_single_book, words
from audiobook_daemon.matching.contents import FileGroup, find_books, match_groups
from audiobook_daemon.matching.identity import read
from audiobook_daemon.models import Release, TorrentFile, Want, WantState, Wish
from audiobook_daemon.pipeline.choose import MANUAL
from audiobook_daemon.pipeline.engine import entering
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import is_audio
from audiobook_daemon.store import Conflict, WantChanges

_FREE = frozenset({WantState.DROPPED, WantState.GIVEN_UP})
"""What a want in these states once downloaded may be another's."""
_OPEN = (WantState.WANTED, WantState.REVIEW)
_MOST_WANTS = 1_000_000
_NO_MATTER = frozenset({"size", "implied_bitrate", "no_seeders", "price"})
"""Gates that are about the torrent as a whole, which is downloaded anyway."""
_log = logging.getLogger(__name__)


def select(wish: Wish, files: Sequence[TorrentFile], authors: Sequence[str] = ()) -> tuple[str, ...]:
    """The files of a torrent that are the wished book, in reading order; empty if all its audio is one book.

    `authors` are those of the whole release. Raises Refused (`not_in_pack`) if it holds several books and the wished
    one is not surely among them. Who wishes for a collection gets all of it. Samples and bonus material are left out.
    """
    groups = find_books(files)
    if no_single_book(wish.book) or not groups:
        return ()
    if len(groups) == 1:
        selection = _selection(groups[0])
        return () if {*selection} == {file.path for file in files if is_audio(file.path)} else selection
    (match,) = match_groups(groups, [wish], authors=authors)
    if match.group is None:
        reason = f"The torrent holds {len(groups)} books, and {wish.book.title} is not surely one of them"
        raise Refused(f"{reason}: {match.verdict.reason}.", "not_in_pack")
    return _selection(match.group)


def _selection(group: FileGroup) -> tuple[str, ...]:
    return tuple(path for path in group.paths if is_audio(path))


async def sharing(world: World, want: Want, info_hash: str) -> tuple[Want, ...]:
    """The other wants that a torrent is for."""
    found = await world.database.wants.by_download(info_hash)
    return tuple(other for other in found if other.id != want.id and other.state not in _FREE)


async def files_known(world: World, want: Want, info_hash: str) -> tuple[TorrentFile, ...]:
    """The files of a magnet link that another want has on disk already; raises Unavailable while they arrive.

    What books a torrent holds is not known before its files are; until then it is nobody else's.
    """
    others = await sharing(world, want, info_hash)
    for other in others:
        if other.torrent_files:
            return other.torrent_files
    if others:
        reason = f"It is being downloaded for {others[0].wish.book.title}; what else it holds is known when it is here."
        raise Unavailable(reason)
    return ()


async def refuse_taken(world: World, want: Want, info_hash: str, selection: Collection[str]) -> None:
    """Raise Refused (`taken`) unless each want of a torrent has files of its own."""
    for other in await sharing(world, want, info_hash):
        if not selection or not other.selection or not set(selection).isdisjoint(other.selection):
            raise Refused(f"The torrent is already the download of {other.wish.book.title!r}.", "taken")


async def attach_others(world: World, want: Want) -> None:
    """Give the other books of a want's torrent to the wants that wait for them, each in a transaction of its own.

    Doing it again after a crash attaches only what was not. Nothing is taken out of the torrent: a tracker wants all
    of it seeded. What a person does to a want meanwhile stands.
    """
    release = want.release
    if not want.selection or release is None or want.download is None:
        return
    taken = {*want.selection}
    for other in await sharing(world, want, want.download):
        taken |= {*other.selection}
    groups = [group for group in find_books(want.torrent_files) if taken.isdisjoint(group.paths)]
    waiting = await _waiting(world, want, release)
    matches = await asyncio.to_thread(match_groups, groups, [other.wish for other in waiting], authors=release.authors)
    for other, match in zip(waiting, matches, strict=True):
        if match.group and not await _is_blocked(world, other, release, want.download):
            await _attach(world, other, want, _selection(match.group))


async def _waiting(world: World, want: Want, release: Release) -> list[Want]:
    """The wants that may be given a book of this torrent, the oldest first."""
    said = {word for file in want.torrent_files for word in words(file.path)}
    rules = world.settings.rules.gates
    found = await world.database.wants.list(_OPEN, limit=_MOST_WANTS)
    fitting = [
        other
        for other in found
        if other.id != want.id
        and other.download is None
        and (other.wish.origin == MANUAL or other.wish.origin in world.settings.auto_grab)
        and _may_be_named(other.wish, said)
        and _is_welcome(other.wish, release, rules)
    ]
    return sorted(fitting, key=lambda other: other.id)


def _may_be_named(wish: Wish, said: Collection[str]) -> bool:
    """Whether the names of a torrent's files could name a book; quick, for there may be thousands of wants."""
    book = wish.book
    names = (book.title.partition(":")[0], *book.aliases, *(place.name for place in book.series))
    return any(found and found <= set(said) for found in ({*words(name)} for name in names))


def _is_welcome(wish: Wish, release: Release, rules: GateRules) -> bool:
    return all(verdict.code in _NO_MATTER for verdict in gates(wish, read(release), rules))


async def _is_blocked(world: World, want: Want, release: Release, info_hash: str) -> bool:
    blocked = await world.database.blocklist.for_want(want.id)
    return any((one.source, one.key) == (release.source, release.key) or one.info_hash == info_hash for one in blocked)


async def _attach(world: World, other: Want, want: Want, selection: tuple[str, ...]) -> None:
    reason = f"It is part of {want.release.title if want.release else 'a torrent'}, which {want.client} downloads."
    changes = WantChanges(
        **entering(WantState.DOWNLOADING, "attached", reason),
        release=want.release,
        approved=False,
        client=want.client,
        download=want.download,
        torrent_files=want.torrent_files,
        selection=selection,
        path=None,
        folder=None,
    )
    try:
        changed = await world.database.wants.change(other, **changes)
    except Conflict:
        _log.info("%s was changed by somebody else meanwhile; that stands.", other.wish.book.title)
        return
    world.tell(changed, other.state)
    _log.info("%s: %s → %s. %s", other.wish.book.title, other.state, changed.state, reason)

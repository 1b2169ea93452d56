"""Torrents: one that a download client has already, and one that a person brings as a file or a link."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook_daemon.errors import PluginError, Refused
from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.contents import FileGroup, find_books
from audiobook_daemon.matching.parse import read_release
from audiobook_daemon.models import Download, DownloadState, Outcome, Release, TorrentFile, Want, WantState
from audiobook_daemon.pipeline.adopting.bringing import brought_torrent, sound
from audiobook_daemon.pipeline.adopting.listing import list_files
from audiobook_daemon.pipeline.adopting.reading import Told, authors_of, read_tags_of
from audiobook_daemon.pipeline.adopting.recognising import Recognised, named, recognise
from audiobook_daemon.pipeline.adopting.taking import refuse_blocked, take_in
from audiobook_daemon.pipeline.packs import attach_others, refuse_taken, select, sharing
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.shelving import is_audio, locate
from audiobook_daemon.store import WantFields
from audiobook_daemon.torrents import read_magnet

_HASH = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")
_OLD_HASH = re.compile(r"[a-zA-Z2-7]{32}")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Naming:
    """What a person said of the book: the number of a want, or a title, better with its author; nothing at all."""

    want: int | None = None
    title: str | None = None
    author: str | None = None
    found_at: str | None = None
    """Where the person has it from."""


async def adopt_torrent(world: World, text: str, naming: Naming, *, dry_run: bool) -> Outcome:
    """Let a torrent that a download client has be the download of a want, as if it had been grabbed for it."""
    info_hash = read_hash(text)
    download = await _in_a_client(world, info_hash)
    path = Path(download.path) if download.path and download.state is DownloadState.READY else None
    if path is not None and download.root == download.path:
        raise NotPossible(
            f"Its files lie loose in {path}, among those of others; let {download.client} make a folder for it."
        )
    files = await asyncio.to_thread(list_files, path) if path else ()
    found, release, selection = await _judged(world, info_hash, download.name, files, path, naming)
    told = "has all of it" if download.state is DownloadState.READY else f"has {download.progress:.0%} of it"
    fields = WantFields(
        release=release, client=download.client, download=info_hash, torrent_files=files, selection=selection
    )
    if dry_run:
        return _would(found, release)
    want = await take_in(world, found, WantState.DOWNLOADING, f"{download.client} {told} already.", fields)
    others = await sharing(world, want, info_hash)
    await world.database.downloads.record(download, want_id=None if others else want.id)
    await attach_others(world, want)
    return taken(want, found)


async def add_torrent(world: World, text: str, naming: Naming, *, dry_run: bool) -> Outcome:
    """Let a torrent that a person brings be what is grabbed for a want; it is kept before anything else is done."""
    torrent = await brought_torrent(world, text)
    found, release, selection = await _judged(
        world, torrent.info_hash, torrent.name or torrent.info_hash, torrent.files, None, naming
    )
    if dry_run:
        return _would(found, release)
    await world.database.torrents.keep(torrent)
    fields = WantFields(release=release, download=torrent.info_hash, torrent_files=torrent.files, selection=selection)
    whence = f" from {naming.found_at.strip()}" if naming.found_at and naming.found_at.strip() else ""
    reason = f"A person brought its torrent{whence}."
    return taken(await take_in(world, found, WantState.CHOSEN, reason, fields), found)


def taken(want: Want, found: Recognised) -> Outcome:
    """Tell that something was taken in."""
    told = f"{want.wish.book.title!r} is taken in as want {want.id}: {found.why}."
    return Outcome(told, 1, 1, data={"id": want.id, "state": want.state.value})


def read_hash(text: str) -> str:
    """An info-hash as download clients write it, out of hex, base 32 or a magnet link; raises NotPossible."""
    text = text.strip()
    if text.startswith("magnet:"):
        return sound(lambda: read_magnet(text)).info_hash
    if _HASH.fullmatch(text):
        return text[:40].lower()
    if _OLD_HASH.fullmatch(text):
        return base64.b32decode(text.upper()).hex()
    shown = "This link" if "://" in text else repr(text[:100])  # a link may hold a person's key
    raise NotPossible(f"{shown} is no info-hash: it has 40 digits, 0 to 9 and a to f.")


async def _in_a_client(world: World, info_hash: str) -> Download:
    silent: list[str] = []
    for client in world.host.playing(DownloadClient):
        try:
            found = await world.host.ask_one(client, DownloadClient.status, ids=(info_hash,))
        except PluginError as error:
            silent.append(f"{client} cannot answer now: {error}")
            continue
        if found:
            return found[0]
    asked = ", ".join(world.host.playing(DownloadClient)) or "No download client"
    raise NotPossible(
        " ".join(silent) or f"{asked} has no torrent {info_hash}; `add` takes a .torrent file or a magnet."
    )


async def _judged(
    world: World, info_hash: str, name: str, files: Sequence[TorrentFile], path: Path | None, naming: Naming
) -> tuple[Recognised, Release, tuple[str, ...]]:
    """Which book a torrent is, and which of its files, before anything is written; raises NotPossible."""
    groups = await asyncio.to_thread(find_books, files)
    if files and not groups:
        raise NotPossible(f"{name!r} holds no audio.")
    told = await asyncio.to_thread(_told, name, files, path, groups)
    release = told.offer(info_hash, files, info_hash=info_hash)
    found = await named(world, naming.want, naming.title, naming.author, told)
    if found is None:
        await _refuse_known(world, info_hash)
        if len(groups) > 1:
            raise NotPossible(f"{name!r} holds {_listed(groups)}. Name one: --want, or --title and --author.")
        found = await recognise(world, told, told.release(info_hash, files))
    await refuse_blocked(world, found.want, release)
    wish = found.wish
    try:
        selection = await asyncio.to_thread(select, wish, files, release.authors)
        await refuse_taken(world, found.want or Want(0, "", wish, WantState.WANTED, 0), info_hash, selection)
    except Refused as error:
        raise NotPossible(str(error)) from error
    return found, release, selection


async def _refuse_known(world: World, info_hash: str) -> None:
    nobody = await world.database.wants.by_download(info_hash)
    for other in nobody:
        if other.state not in {WantState.DROPPED, WantState.GIVEN_UP}:
            title = other.wish.book.title
            raise NotPossible(f"The torrent is the download of {title!r} already: want {other.id}, {other.state}.")


def _told(name: str, files: Sequence[TorrentFile], path: Path | None, groups: Sequence[FileGroup]) -> Told:
    line = name.rpartition(".")[0] if is_audio(name) else name
    if len(groups) != 1:
        claims = read_release(name) or Claims()
        if path and not claims.authors:
            claims = replace(claims, authors=authors_of(locate(path, files, [group.paths[0] for group in groups])))
        return Told(line, claims)
    heard = read_tags_of(locate(path, files, groups[0].paths)) if path else ()
    return Told(line, groups[0].claims, heard)


def _listed(groups: Sequence[FileGroup]) -> str:
    titles = [group.claims.title or group.folder or group.paths[0] for group in groups]
    more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
    return f"{len(titles)} books ({'; '.join(titles[:_SHOWN])}{more})"


def _would(found: Recognised, release: Release) -> Outcome:
    book = found.wish.book
    said = f"{release.title!r} would be taken in as {book.title!r} by {', '.join(book.authors) or 'nobody named'}"
    return Outcome(f"{said}: {found.why}.", 1, 0, data={"want": found.want.id if found.want else None})

"""The page `torrents/add`: what is taken in, where it goes, and how each generation answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import bencode2
from aiohttp import web

from audiobook_daemon.demo.qbittorrent.downloads import Downloads
from audiobook_daemon.demo.qbittorrent.generation import Generation
from audiobook_daemon.demo.qbittorrent.transfer import Transfer
from audiobook_daemon.errors import Refused
from audiobook_daemon.models import Torrent
from audiobook_daemon.torrents import read_magnet, read_torrent

_BARE_HASH = re.compile(r"^[0-9a-fA-F]{40}$")


@dataclass(slots=True)
class _Outcome:
    added: list[str] = field(default_factory=list)
    failures: int = 0
    pending: int = 0


class AddPage:
    """Takes torrents in."""

    def __init__(self, downloads: Downloads, generation: Generation) -> None:
        self._downloads = downloads
        self._generation = generation

    async def add(self, request: web.Request) -> web.Response:
        """Answer `POST torrents/add`.

        Two files of one name in one request are one: the last. An unreadable file is answered with 415, and what
        comes after it in the request is not added.
        """
        form = await request.post()
        texts = {key: value for key, value in form.items() if isinstance(value, str)}
        uploads = {part.filename: part for part in form.values() if isinstance(part, web.FileField)}
        outcome = _Outcome()
        for address in filter(None, map(str.strip, texts.get("urls", "").splitlines())):
            self._add_address(address, texts, outcome)
        for name, part in uploads.items():
            try:
                torrent = read_torrent(part.file.read())
            except Refused:
                message = f"Error: '{name}' is not a valid torrent file."
                raise web.HTTPUnsupportedMediaType(text=message) from None
            self._take(torrent, texts, outcome)
        return self._answer(outcome)

    def _add_address(self, address: str, texts: Mapping[str, str], outcome: _Outcome) -> None:
        """Take a magnet or a bare hash in; a web address is never fetched here, as if it led nowhere."""
        if address.startswith(("http://", "https://")):
            outcome.pending += 1
            return
        link = f"magnet:?xt=urn:btih:{address}" if _BARE_HASH.match(address) else address
        try:
            torrent = read_magnet(link)
        except Refused:
            outcome.failures += 1
            return
        self._take(torrent, texts, outcome)

    def _take(self, torrent: Torrent, texts: Mapping[str, str], outcome: _Outcome) -> None:
        granted = texts.get(self._generation.skip_checking) == "true"
        if self._downloads.add(self._transfer(torrent, texts), taken_for_granted=granted):
            outcome.added.append(torrent.info_hash)
        else:
            outcome.failures += 1

    def _transfer(self, torrent: Torrent, texts: Mapping[str, str]) -> Transfer:
        tags = [tag.strip() if self._generation.trims_tags else tag for tag in texts.get("tags", "").split(",")]
        magnet = f"magnet:?xt=urn:btih:{torrent.info_hash}&dn={torrent.name}"
        automatic = texts.get("autoTMM") == "true"
        return Transfer(
            hash=torrent.info_hash,
            name=texts.get("rename") or torrent.name or torrent.info_hash,
            magnet=torrent.magnet or magnet,
            trackers=_trackers(torrent.content) if torrent.content else [],
            private=torrent.private,
            files=laid_out(torrent, texts.get("contentLayout", "Original")),
            save_path=self._save_path(texts, automatic=automatic),
            stopped=texts.get(self._generation.add_stopped) == "true",
            category=texts.get("category", ""),
            tags=[tag for tag in tags if tag],
            auto_tmm=automatic,
            ratio_limit=float(texts.get("ratioLimit") or -2),
            seeding_time_limit=int(texts.get("seedingTimeLimit") or -2),
            inactive_seeding_time_limit=int(texts.get("inactiveSeedingTimeLimit") or -2),
        )

    def _save_path(self, texts: Mapping[str, str], *, automatic: bool) -> str:
        """Find the save path: the category's with automatic management, else the given or the default one."""
        default = self._downloads.save_path
        category = texts.get("category", "")
        if automatic:
            return str(default / (self._downloads.categories.get(category) or category))
        return str(default / texts.get("savepath", ""))

    def _answer(self, outcome: _Outcome) -> web.Response:
        something = bool(outcome.added or outcome.pending)
        if self._generation.bare_replies:
            return web.Response(text="Ok." if something else "Fails.")
        if not something:
            raise web.HTTPConflict(text="Conflict")
        counts = {
            "added_torrent_ids": outcome.added,
            "success_count": len(outcome.added),
            "failure_count": outcome.failures,
            "pending_count": outcome.pending,
        }
        return web.json_response(counts, status=202 if outcome.pending else 200)


def laid_out(torrent: Torrent, layout: str) -> list[tuple[str, str, int]]:
    """Say for each file where it lies in the content, where it goes below the save path, and its size."""
    single = len(torrent.files) == 1 and torrent.files[0].path == torrent.name
    rows: list[tuple[str, str, int]] = []
    for file in torrent.files:
        path = file.path
        if layout == "Subfolder" and single:
            path = str(PurePosixPath(PurePosixPath(torrent.name).stem, torrent.name))
        elif layout == "NoSubfolder" and not single:
            path = str(PurePosixPath(*PurePosixPath(path).parts[1:]))
        rows.append((file.path, path, file.size))
    return rows


def _trackers(content: bytes) -> list[str]:
    announce = bencode2.bdecode(content).get(b"announce", b"")
    return [announce.decode("utf-8", "replace")] if announce else []

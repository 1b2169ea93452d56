"""What the download clients said last, so that nobody has to ask them just to show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, or_, select

from audiobook_daemon.models import Download, DownloadState, Release
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import blocklist, downloads, wants
from audiobook_daemon.store.values import DownloadRecord, DownloadSums, OwedTorrent

_ENDED = (DownloadState.READY, DownloadState.FAILED)
_SEEN = ("client", "state", "name", "progress", "size", "rate", "eta", "path", "root", "message")


class Downloads:
    """Keeps one row for each torrent that was grabbed, by its info-hash."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def record(self, *seen: Download, want_id: int | None = None) -> None:
        """Write down how downloads stand, in one transaction; unchanged ones cost no writing.

        `want_id` names the want they are for; without it, what is known about that stays.
        """
        if not seen:
            return
        now = self._connections.clock()
        insert = self._connections.insert(downloads)
        new = insert.excluded
        changed = [downloads.c[name].is_distinct_from(new[name]) for name in _SEEN]
        other_want = new.want_id.is_not(None) & downloads.c.want_id.is_distinct_from(new.want_id)
        statement = insert.on_conflict_do_update(
            index_elements=["id"],
            set_={
                **{name: new[name] for name in (*_SEEN, "changed")},
                "want_id": func.coalesce(new.want_id, downloads.c.want_id),
                # What was complete once has been downloaded, whatever becomes of it.
                "finished": func.coalesce(downloads.c.finished, new.finished),
                "progressed": case((new.progress > downloads.c.progress, new.progressed), else_=downloads.c.progressed),
            },
            where=or_(*changed, other_want),
        )
        rows = [
            {name: getattr(download, name) for name in ("id", *_SEEN)}
            | {"want_id": want_id, "added": now, "changed": now, "progressed": now}
            | {"finished": now if download.state is DownloadState.READY else None}
            for download in seen
        ]
        await self._connections.write(lambda connection: connection.execute(statement, rows))

    async def get(self, info_hash: str) -> DownloadRecord | None:
        """Return one download, or None."""
        return next(iter(await self._read(downloads.c.id == info_hash)), None)

    async def open(self) -> tuple[DownloadRecord, ...]:
        """Return the downloads that are neither ready nor failed, the newest first."""
        return await self._read(downloads.c.state.not_in(_ENDED))

    async def for_want(self, want_id: int) -> tuple[DownloadRecord, ...]:
        """Return the downloads grabbed for a want, the newest first."""
        return await self._read(downloads.c.want_id == want_id)

    async def at(self, folder: str) -> tuple[DownloadRecord, ...]:
        """Return the downloads whose content lies in a folder, is it, or has it within, the newest first."""
        above = [str(place) for place in PurePosixPath(folder).parents]
        inside = downloads.c.path.startswith(f"{folder.rstrip('/')}/", autoescape=True)
        return await self._read(or_(downloads.c.path.in_([folder, *above]), inside))

    async def newest(self, limit: int) -> tuple[DownloadRecord, ...]:
        """Return the downloads grabbed last, the newest first."""
        return await self._read(limit=limit)

    async def sums(self, since: datetime) -> DownloadSums:
        """Count what was downloaded to its end since a moment, and ever; the latter never shrinks."""
        done = downloads.c.finished.is_not(None)
        lately = downloads.c.finished >= since
        statement = select(
            func.count().filter(lately),
            func.coalesce(func.sum(downloads.c.size).filter(lately), 0),
            func.count().filter(done),
            func.coalesce(func.sum(downloads.c.size).filter(done), 0),
        ).select_from(downloads)
        async with self._connections.reading() as connection:
            found = (await connection.execute(statement)).one()
        return DownloadSums(*map(int, found))

    async def owed(self, since: datetime) -> tuple[OwedTorrent, ...]:
        """Return the torrents that were complete since a moment and whose sources are known, the oldest first."""
        columns = (downloads.c.id, downloads.c.client, downloads.c.name, downloads.c.finished)
        own = or_(wants.c.id == downloads.c.want_id, wants.c.download == downloads.c.id)
        taken = select(*columns, wants.c.download, wants.c.release, wants.c.replaces).join(wants, own)
        refused = select(*columns, blocklist.c.source).join(blocklist, blocklist.c.info_hash == downloads.c.id)
        lately = downloads.c.finished >= since
        found: dict[str, OwedTorrent] = {}
        async with self._connections.reading() as connection:
            for row in await connection.execute(taken.where(lately).order_by(wants.c.id)):
                for release, download in _releases(row):
                    if download == row.id:
                        found.setdefault(row.id, _owed(row, release))
            # What turned out to be the wrong book has to be seeded all the same.
            for wrong in await connection.execute(refused.where(lately).order_by(blocklist.c.id)):
                owed = OwedTorrent(wrong.client, wrong.id, wrong.name, wrong.finished, (wrong.source,))
                found.setdefault(wrong.id, owed)
        return tuple(sorted(found.values(), key=lambda one: (one.finished, one.id)))

    async def roots(self) -> tuple[str, ...]:
        """Return the folders, on this machine, below which downloads lie."""
        statement = select(downloads.c.root).where(downloads.c.root.is_not(None)).distinct().order_by(downloads.c.root)
        async with self._connections.reading() as connection:
            return tuple((await connection.execute(statement)).scalars())

    async def _read(self, *conditions: ColumnElement[bool], limit: int | None = None) -> tuple[DownloadRecord, ...]:
        statement = select(downloads).where(*conditions).order_by(downloads.c.added.desc(), downloads.c.id).limit(limit)
        async with self._connections.reading() as connection:
            return tuple(download_record(row) for row in await connection.execute(statement))


def download_record(row: Row[*tuple[Any, ...]]) -> DownloadRecord:
    """Build the record of a row of its table."""
    download = Download(id=row.id, **{name: row._mapping[name] for name in _SEEN})
    return DownloadRecord(download, row.want_id, row.added, row.changed, row.progressed, row.finished)


def _releases(row: Row[*tuple[Any, ...]]) -> Iterator[tuple[Release, str | None]]:
    """The releases a want knows of, each with its torrent: its own, and that of the edition it replaces."""
    if row.release is not None:
        yield row.release, row.download
    if row.replaces is not None and row.replaces.release is not None:
        yield row.replaces.release, row.replaces.download


def _owed(row: Row[*tuple[Any, ...]], release: Release) -> OwedTorrent:
    sources = tuple(dict.fromkeys((release.source, *(offer.source for offer in release.also))))
    return OwedTorrent(row.client, row.id, row.name, row.finished, sources, release.seed_time)

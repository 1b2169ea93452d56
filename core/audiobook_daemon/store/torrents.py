"""Torrents that people brought: no indexer can be asked for them again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select

from audiobook_daemon.models import Torrent, WantState
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.shelving_tables import torrents
from audiobook_daemon.store.shelving_values import KeptTorrent
from audiobook_daemon.store.tables import wants

_NEEDED = (WantState.CHOSEN, WantState.DOWNLOADING)
"""While a want stands so, a download client may have to be given its torrent, or be given it once more."""
_GRACE = timedelta(hours=1)
"""A torrent is kept before any want names it."""


class Torrents:
    """Keeps them until a download client has all of what they name; each method is one short transaction."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def keep(self, torrent: Torrent) -> None:
        """Keep a torrent; a file takes the place of a magnet link to the same, for it says more."""
        now = self._connections.clock()
        insert = self._connections.insert(torrents)
        row = {
            "info_hash": torrent.info_hash,
            "name": torrent.name,
            "content": torrent.content,
            "magnet": torrent.magnet,
            "files": torrent.files,
            "private": torrent.private,
            "added": now,
        }
        told = {name: insert.excluded[name] for name in row if name not in {"info_hash", "content"}}
        whole = {**told, "content": insert.excluded.content}
        statement = insert.values(row).on_conflict_do_update(
            index_elements=["info_hash"],
            # What was restored without its secrets has neither, and then a link is worth as much as a file.
            set_={"added": insert.excluded.added, "magnet": func.coalesce(torrents.c.magnet, insert.excluded.magnet)}
            if torrent.content is None
            else whole,
        )
        await self._connections.write(lambda connection: connection.execute(statement))

    async def get(self, info_hash: str) -> KeptTorrent | None:
        """Return one, or None."""
        async with self._connections.reading() as connection:
            row = (await connection.execute(select(torrents).where(torrents.c.info_hash == info_hash))).one_or_none()
        if row is None:
            return None
        return KeptTorrent(
            Torrent(row.info_hash, row.name, row.content, row.magnet, tuple(row.files), row.private), row.added
        )

    async def sweep(self) -> int:
        """Forget those that no want needs any longer; returns how many. Nothing is written if there are none."""
        needed = select(wants.c.download).where(wants.c.state.in_(_NEEDED), wants.c.download.is_not(None))
        old = (torrents.c.added < self._connections.clock() - _GRACE, torrents.c.info_hash.not_in(needed))
        async with self._connections.reading() as connection:
            found = tuple((await connection.execute(select(torrents.c.info_hash).where(*old))).scalars())
        if found:
            # Asked once more within the transaction: a want may have come to need it.
            await self._connections.write(lambda connection: connection.execute(delete(torrents).where(*old)))
        return len(found)

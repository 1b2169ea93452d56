"""The calls of the Web API that we need, each with its differences between 4.5 and 5.x."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audiobook_daemon import FilePart, HttpAnswer, Refused, Torrent, Unavailable
from audiobook_plugins.qbittorrent import parse
from audiobook_plugins.qbittorrent.records import (
    ADDED,
    CATEGORIES,
    PREFERENCES,
    TORRENTS,
    TRACKERS,
    TorrentRecord,
    TrackerRecord,
    read,
)
from audiobook_plugins.qbittorrent.seeding import ShareLimits, share_limits
from audiobook_plugins.qbittorrent.session import Session

_IDS_A_CALL = 100


class Client:
    """Asks and tells qBittorrent; all methods raise Unavailable or AuthFailed as the session does."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def version(self) -> parse.Version:
        """Return the versions of the program and of its Web API."""
        program = await self._get("app/version")
        return parse.version(program, await self._get("app/webapiVersion"))

    async def torrents(self, ids: Sequence[str]) -> list[TorrentRecord]:
        """Return the rows of these torrents; unknown ones are left out."""
        found: list[TorrentRecord] = []
        # An empty `hashes` would mean every torrent of the client: no ids, no call.
        for start in range(0, len(ids), _IDS_A_CALL):
            asked = ids[start : start + _IDS_A_CALL]
            rows = read(await self._get("torrents/info", {"hashes": "|".join(asked)}), TORRENTS)
            found += [row for row in rows if row.hash.lower() in asked]
        return found

    async def trackers(self, id: str) -> list[TrackerRecord]:  # noqa: A002
        """Return the trackers of a torrent; none if it has gone."""
        answer = await self._session.call("GET", "torrents/trackers", params={"hash": id})
        return [] if answer.status == 404 else read(answer.check(), TRACKERS)

    async def add(self, torrent: Torrent, fields: Mapping[str, str]) -> bool:
        """Hand over a torrent; False if qBittorrent took nothing (it is there already, or something is wrong with it).

        Raises Refused if the file is unreadable to qBittorrent.
        """
        form = dict(fields)
        files: tuple[FilePart, ...] = ()
        if torrent.content is not None:
            name = f"{torrent.info_hash}.torrent"
            files = (FilePart("torrents", name, torrent.content, "application/x-bittorrent"),)
        elif torrent.magnet is not None:
            form["urls"] = torrent.magnet
        answer = await self._session.call("POST", "torrents/add", form=form, files=files)
        if answer.status == 415:
            raise Refused(f"qBittorrent cannot read the .torrent file of {torrent.name!r}.", "not_a_torrent")
        if answer.status == 409:
            return False
        text = answer.check().text().strip()
        if text in {"Ok.", "Fails."}:
            return text == "Ok."
        added = read(answer, ADDED)
        return added.success_count + added.pending_count > 0

    async def delete(self, id: str, *, files: bool) -> None:  # noqa: A002
        """Remove one torrent; an unknown id changes nothing."""
        form = {"hashes": id, "deleteFiles": "true" if files else "false"}
        (await self._session.call("POST", "torrents/delete", form=form)).check()

    async def category_path(self, name: str) -> str | None:
        """Return the save path of a category as it is set, perhaps empty; None if there is no such category."""
        category = read(await self._get("torrents/categories"), CATEGORIES).get(name)
        return None if category is None else category.savePath

    async def share_limits(self, category: str) -> ShareLimits:
        """Return the limits that end seeding of new torrents in a category."""
        preferences = read(await self._get("app/preferences"), PREFERENCES)
        return share_limits(preferences, read(await self._get("torrents/categories"), CATEGORIES).get(category))

    async def default_save_path(self) -> str:
        """Return the folder for torrents without a place of their own."""
        answer = await self._get("app/defaultSavePath")
        path = answer.text().strip()
        if not path or "\n" in path or path.startswith(("<", "[", "{", '"')):
            raise Unavailable(f"{answer.url} did not answer with a folder; is this qBittorrent?")
        return path

    async def _get(self, action: str, params: Mapping[str, str] | None = None) -> HttpAnswer:
        return (await self._session.call("GET", action, params=params)).check()

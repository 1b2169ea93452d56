"""A real qbittorrent-nox with a throw-away profile, for downloads that truly happen, on loopback only."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar, FormData

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.processes import LocalProgram, ProgramFailed
from audiobook_daemon.torrents import read_torrent

_SEEDING = {"uploading", "stalledUP", "forcedUP", "queuedUP"}
_SEED_WITHIN = 60.0

_CONFIGURATION = """\
[LegalNotice]
Accepted=true

[BitTorrent]
Session\\Port={peer_port}
Session\\Interface=lo
Session\\InterfaceName=lo
Session\\InterfaceAddress=127.0.0.1
Session\\DHTEnabled=false
Session\\PeXEnabled=false
Session\\LSDEnabled=false
Session\\MultiConnectionsPerIp=true
Session\\QueueingSystemEnabled=false
Session\\DisableAutoTMMByDefault=true
Session\\DefaultSavePath={downloads}

[Network]
PortForwardingEnabled=false

[Preferences]
WebUI\\Enabled=true
WebUI\\Address=127.0.0.1
WebUI\\Port={web_port}
WebUI\\Username={username}
WebUI\\Password_PBKDF2="@ByteArray({password})"
WebUI\\LocalHostAuth=true
WebUI\\UseUPnP=false
"""


class RealQBittorrent(LocalProgram):
    """Starts qbittorrent-nox with its profile, downloads and log below `folder`.

    `url`, `username` and `password` are for its Web API; `peer_port` is where other clients reach it.
    """

    name: ClassVar[str] = "qbittorrent-nox"

    def __init__(
        self,
        folder: Path,
        *,
        username: str = "demo",
        password: str | None = None,
        downloads: Path | None = None,
        program: str | None = None,
    ) -> None:
        super().__init__(folder, program)
        self.username = username
        self.password = password or secrets.token_urlsafe(12)
        self.downloads = (downloads or folder / "downloads").absolute()
        self.web_port, self.peer_port = free_ports(2)

    @property
    def url(self) -> str:
        """The address of the Web API, without a slash at the end."""
        return f"http://127.0.0.1:{self.web_port}"

    async def seed(self, content: Path, torrents: Iterable[bytes]) -> None:
        """Seed torrents whose finished files lie in `content`, and wait until all of them are offered.

        Torrents that it has already are left as they are. Raises ProgramFailed if some do not become seeds.
        """
        files = {read_torrent(torrent).info_hash: torrent for torrent in torrents}
        if not files:
            return
        form = FormData({"savepath": str(content.absolute()), "autoTMM": "false"})
        # The data is known to be good: 4.5 to 5.2 skip the check by the first word, later versions by the second.
        form.add_field("skip_checking", "true")
        form.add_field("seedMode", "true")
        for info_hash, torrent in files.items():
            # Uploads are kept by file name: two of one name would be one.
            form.add_field("torrents", torrent, filename=f"{info_hash}.torrent")
        async with self.session() as session:
            async with session.post("/api/v2/torrents/add", data=form) as answer:
                if answer.status not in {200, 202, 409}:  # 409: it has all of them
                    raise ProgramFailed(f"{self.name} refused the torrents to seed ({answer.status}).")
            await self._until_seeding(session, set(files))

    @asynccontextmanager
    async def session(self) -> AsyncIterator[ClientSession]:
        """An HTTP session that is logged in to the Web API; raises ProgramFailed if the login is refused."""
        # The default cookie jar drops cookies of a server without a name.
        jar = CookieJar(unsafe=True)
        timeout = ClientTimeout(total=30)
        async with ClientSession(self.url, cookie_jar=jar, timeout=timeout) as session:
            form = {"username": self.username, "password": self.password}
            async with session.post("/api/v2/auth/login", data=form) as answer:
                if answer.status >= 300 or await answer.text() not in {"Ok.", ""}:
                    raise ProgramFailed(f"{self.url} does not accept the login of this demo's {self.name}.")
            yield session

    async def _until_seeding(self, session: ClientSession, wanted: set[str]) -> None:
        waiting = wanted
        try:
            async with asyncio.timeout(_SEED_WITHIN):
                while waiting:
                    await asyncio.sleep(0.1)
                    async with session.get("/api/v2/torrents/info") as answer:
                        entries = await answer.json()
                    waiting = wanted - {entry["hash"] for entry in entries if entry["state"] in _SEEDING}
        except TimeoutError as error:
            raise ProgramFailed(
                f"{len(waiting)} of {len(wanted)} torrents did not become seeds in {self.name}; see {self._log}."
            ) from error

    def _prepare(self) -> None:
        configuration = self.folder / "profile" / "qBittorrent" / "config" / "qBittorrent.conf"
        if configuration.exists():
            return  # qBittorrent keeps its own settings there from now on
        configuration.parent.mkdir(parents=True)
        self.downloads.mkdir(parents=True, exist_ok=True)
        text = _CONFIGURATION.format(
            peer_port=self.peer_port,
            web_port=self.web_port,
            downloads=self.downloads,
            username=self.username,
            password=_stored_password(self.password),
        )
        configuration.write_text(text, encoding="utf-8")
        configuration.chmod(0o600)

    def _arguments(self) -> list[str]:
        return [f"--profile={self.folder / 'profile'}", f"--webui-port={self.web_port}"]

    async def _ready(self) -> bool:
        try:
            async with self.session():
                return True
        except (ClientError, ConnectionError):
            return False


def _stored_password(password: str) -> str:
    """The password as qBittorrent keeps it: salt and PBKDF2-HMAC-SHA512 key in base64."""
    salt = secrets.token_bytes(16)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 100_000, 64)
    return f"{base64.b64encode(salt).decode()}:{base64.b64encode(key).decode()}"

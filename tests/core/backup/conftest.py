"""A household with a configuration, secrets of every kind and something to remember."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.core.store.filling import fill_table

from audiobook_daemon.backup import Backups, BackupSettings, sealing
from audiobook_daemon.models import Book, Torrent, WantState, Wish
from audiobook_daemon.store import Database

NOW = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)
PASSPHRASE = "correct horse"
SECRETS = ("COOKIE-OF-MAM", "KEY-OF-PROWLARR", "ROTATED-COOKIE", "PASSKEY")
CONFIGURATION = """\
database: sqlite://state.db
plugins:
  mam: {session: !secret mam_session}
  prowlarr: {url: "http://127.0.0.1:9696", key: KEY-OF-PROWLARR}
  audiobookshelf: {url: !env ABS_URL, token: !file abs.token}
"""


@dataclass
class Home:
    """Where everything lies."""

    folder: Path

    @property
    def configuration(self) -> Path:
        return self.folder / "audiobook-daemon.yaml"

    @property
    def file(self) -> Path:
        return self.folder / "state.db"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def settings(self, *, passphrase: str | None = None, keep: int = 7) -> BackupSettings:
        return BackupSettings(self.configuration, self.backups, keep, passphrase, frozenset(SECRETS))

    def contents(self) -> dict[str, bytes]:
        """Every file below the folder but the lock, which anybody may take."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix != ".lock"
        }


@pytest.fixture(autouse=True, scope="session")
def _cheap_guesses() -> Iterator[None]:
    """A key that follows quickly from its passphrase."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "COST", (2, 8, 1))
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home, and an encrypted backup of it beside: both are made once, for making takes a while."""
    home = Home(tmp_path_factory.mktemp("template") / "home")
    home.folder.mkdir()
    home.configuration.write_text(CONFIGURATION)
    home.configuration.with_name("secrets.yaml").write_text("mam_session: COOKIE-OF-MAM\n")
    asyncio.run(_fill(home))
    return home.folder.parent


async def _fill(home: Home) -> None:
    async with Database.open(f"sqlite://{home.file}", clock=lambda: NOW) as database:
        for number in range(5):
            wish = Wish(Book(f"Volume {number}", ("Émile Zola",)))
            await database.wants.add(f"zola {number}", wish, state=WantState.CHOSEN)
        await database.memory("mam").put("session", {"value": "ROTATED-COOKIE"})
        await database.memory("mam").put("cache:1", "an answer", secret=False)
        await fill_table(f"sqlite://{home.file}", "torrents", [torrent_row()])
        await Backups(database, home.settings(passphrase=PASSPHRASE)).write(home.folder.with_name("one.zip"))


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(template / "home", tmp_path / "home"))


@pytest.fixture
def backup(template: Path, tmp_path: Path) -> Path:
    """An encrypted backup of everything."""
    return Path(shutil.copy(template / "one.zip", tmp_path / "one.zip"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Home:
    """An empty machine."""
    home = Home(tmp_path / "elsewhere")
    home.folder.mkdir()
    return home


@pytest.fixture
async def database(home: Home) -> AsyncIterator[Database]:
    async with Database.open(f"sqlite://{home.file}", clock=lambda: NOW) as database:
        yield database


def torrent_row() -> dict[str, object]:
    torrent = Torrent("a" * 40, "Germinal", b"d8:announce30:https://t.example/PASSKEY/announcee", "magnet:?tr=PASSKEY")
    return {
        "info_hash": torrent.info_hash,
        "name": torrent.name,
        "content": torrent.content,
        "magnet": torrent.magnet,
        "files": [],
        "private": True,
        "added": NOW,
    }


@pytest.fixture
def backups(home: Home, database: Database) -> Backups:
    return Backups(database, home.settings())

"""The services of the demo world: the real program where it is wanted and installed, else a stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audnexus import AudnexusStandIn, demo_products
from audiobook_daemon.demo.broker import Broker, EmbeddedBroker
from audiobook_daemon.demo.catalogue import Catalogue
from audiobook_daemon.demo.configuration import Access
from audiobook_daemon.demo.google_books import GoogleBooksStandIn
from audiobook_daemon.demo.hardcover import HardcoverStandIn, hardcover_catalogue
from audiobook_daemon.demo.listings import google_volumes, mam_torrents
from audiobook_daemon.demo.mam import MamAccount, MamStandIn
from audiobook_daemon.demo.offers import prowlarr_indexers
from audiobook_daemon.demo.open_library import OpenLibraryStandIn, open_library_shelves
from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.prowlarr import ProwlarrStandIn
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_mosquitto import RealMosquitto
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_daemon.demo.works import known_works

_MAM_SESSION = "demo%2Bsession"
_PROWLARR_KEY = "demo-key-of-prowlarr"
_GOOGLE_KEY = "demo-key-of-google-books"
_HARDCOVER_TOKEN = "demo-token-of-hardcover"
_ABS_KEY = "demo-key-of-audiobookshelf"
_USER, _PASSWORD = "demo", "demo-password"

CAN_BE_REAL = {"qbittorrent": RealQBittorrent.name, "mqtt": RealMosquitto.name}
"""The services of which there may be a real program here, and its name."""


class Startable(Protocol):
    """What every service can do; addresses and what it remembers outlive a stop."""

    async def start(self) -> None:
        """Begin to answer."""

    async def stop(self) -> None:
        """End."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """A service as people are told of it."""

    name: str
    real: bool
    """Whether it is the real program and no stand-in."""
    note: str
    address: str


class Services:
    """All services by name: `mam`, `prowlarr`, `qbittorrent`, `audiobookshelf`, `mqtt` and the sources of facts.

    Those named in `real` are the installed program, if there is one. `speed` is what one download of the stand-in
    brings in, in bytes a second.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, library: Path, real: Collection[str], speed: float) -> None:
        state = folder / "services"
        self._catalogue = catalogue
        self.mam = MamStandIn(mam_torrents(catalogue), _MAM_SESSION, account=_member())
        # A person waits between downloads; here they come as fast as they can.
        self.mam.desk.burst = 10_000
        self.prowlarr = ProwlarrStandIn(key=_PROWLARR_KEY)
        self.google_books = GoogleBooksStandIn(google_volumes(catalogue), key=_GOOGLE_KEY)
        works, today = known_works(), datetime.now(UTC).date()
        self.audnexus = AudnexusStandIn(demo_products(works, today))
        self.hardcover = HardcoverStandIn(hardcover_catalogue(works, today), token=_HARDCOVER_TOKEN)
        self.open_library = OpenLibraryStandIn(open_library_shelves(works))
        self.audiobookshelf = AudiobookshelfStandIn(library, _ABS_KEY, state=state / "audiobookshelf.json")
        downloads = folder / "downloads"
        self.qbittorrent: QBittorrentStandIn | RealQBittorrent
        if is_real("qbittorrent", real):
            self.qbittorrent = RealQBittorrent(state / "qbittorrent", username=_USER, downloads=downloads)
        else:
            kept = state / "qbittorrent.json"
            self.qbittorrent = QBittorrentStandIn(
                catalogue.content, downloads, username=_USER, password=_PASSWORD, speed=speed, state=kept
            )
        self.broker: Broker = RealMosquitto(state / "mosquitto") if is_real("mqtt", real) else EmbeddedBroker()
        self.by_name: dict[str, Startable] = {
            "mam": self.mam,
            "prowlarr": self.prowlarr,
            "google_books": self.google_books,
            "audnexus": self.audnexus,
            "hardcover": self.hardcover,
            "open_library": self.open_library,
            "qbittorrent": self.qbittorrent,
            "audiobookshelf": self.audiobookshelf,
            "mqtt": self.broker,
        }

    async def start(self) -> None:
        """Start all of them, and let Audiobookshelf look at what is in its library."""
        for service in self.by_name.values():
            await service.start()
        # Only now it is known where the site is whose pages Prowlarr names.
        self.prowlarr.indexers = prowlarr_indexers(self._catalogue, self.mam.torrents, self.mam.url)
        library = self.audiobookshelf.library
        library.scan()
        while library.tasks():  # noqa: ASYNC110 - a scan tells of its end by its absence only
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """Stop all of them."""
        await asyncio.gather(*(service.stop() for service in self.by_name.values()))

    def access(self) -> Access:
        """Where they are, and with which secrets one gets in; once they run."""
        client = self.qbittorrent
        return Access(
            mam=self.mam.url,
            prowlarr=self.prowlarr.url,
            google_books=self.google_books.url,
            audnexus=self.audnexus.url,
            audible=self.audnexus.catalogue,
            hardcover=self.hardcover.url,
            open_library=self.open_library.url,
            audiobookshelf=self.audiobookshelf.url,
            qbittorrent=client.url,
            qbittorrent_user=_USER,
            mqtt_port=self.broker.port,
            secrets={
                "mam_session": _MAM_SESSION,
                "prowlarr_key": _PROWLARR_KEY,
                "google_books_key": _GOOGLE_KEY,
                "hardcover_token": _HARDCOVER_TOKEN,
                "qbittorrent_password": client.password if isinstance(client, RealQBittorrent) else _PASSWORD,
                "audiobookshelf_token": _ABS_KEY,
            },
        )

    def introductions(self) -> tuple[Introduction, ...]:
        """Who is real and who is played, in the order in which a book meets them."""
        seeded, real_broker = isinstance(self.qbittorrent, RealQBittorrent), isinstance(self.broker, RealMosquitto)
        client = "qbittorrent-nox, and a second one that seeds" if seeded else ""
        broker = "mosquitto" if real_broker else "amqtt, in this process"
        return (
            Introduction("MyAnonamouse", False, "", self.mam.url),
            Introduction("Prowlarr", False, "", self.prowlarr.url),
            Introduction("Google Books", False, "", self.google_books.url),
            Introduction("Audnexus", False, "", self.audnexus.url),
            Introduction("Hardcover", False, "", self.hardcover.url),
            Introduction("Open Library", False, "", self.open_library.url),
            Introduction("qBittorrent", seeded, client, self.qbittorrent.url),
            Introduction("Audiobookshelf", False, "", self.audiobookshelf.url),
            Introduction("MQTT broker", real_broker, broker, f"mqtt://127.0.0.1:{self.broker.port}"),
        )


def is_real(name: str, real: Collection[str]) -> bool:
    """Whether a service will be the real program: it is wanted, and it is installed."""
    return name in real and name in CAN_BE_REAL and find_program(CAN_BE_REAL[name]) is not None


def _member() -> MamAccount:
    """A member with VIP status and slots enough for the whole catalogue."""
    return MamAccount(vip_until=datetime.now(UTC) + timedelta(days=90), unsatisfied_limit=200)

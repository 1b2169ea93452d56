"""What Prowlarr is told of the catalogue: MyAnonamouse as one of its indexers, and a public tracker. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.demo.catalogue import Catalogue, DemoRelease
from audiobook_daemon.demo.mam import MamTorrent
from audiobook_daemon.demo.mam.rows import human_size
from audiobook_daemon.demo.mam.tables import AUDIOBOOKS, CATEGORIES, LANGUAGE_CODES
from audiobook_daemon.demo.prowlarr import Kind, ProwlarrIndexer, ProwlarrOffer
from audiobook_daemon.torrents import read_torrent

MAM, PUBLIC = "MyAnonamouse", "Open Shelf"
"""The names of the indexers."""

_PUBLIC_SITE = "https://openshelf.example/torrent"
_MOST_AUTHORS = 5
_OWN = 100_000
_AUDIO, _AUDIOBOOK, _BOOKS, _EBOOK = 3000, 3030, 7000, 7020
_UNITS = {"B": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


def prowlarr_indexers(catalogue: Catalogue, torrents: Sequence[MamTorrent], site: str) -> list[ProwlarrIndexer]:
    """Two indexers: all of MyAnonamouse, whose address is `site`, and what only the public tracker has."""
    mam = ProwlarrIndexer(
        id=1,
        name=MAM,
        kind=Kind.MAM,
        offers=[mam_offer(torrent, site) for torrent in torrents],
        categories=(_AUDIO, _AUDIOBOOK, _BOOKS, _EBOOK),
        own_categories={_OWN + number: category.name for number, category in CATEGORIES.items()},
    )
    public = ProwlarrIndexer(
        id=2, name=PUBLIC, kind=Kind.PUBLIC, offers=[_public_offer(release) for release in catalogue.elsewhere]
    )
    return [mam, public]


def mam_offer(torrent: MamTorrent, site: str) -> ProwlarrOffer:
    """A torrent as Prowlarr shows it: everything that is known of the recording in one line, and a rounded size."""
    page = f"{site}/t/{torrent.id}"
    audio = torrent.main_category == AUDIOBOOKS
    return ProwlarrOffer(
        guid=page,
        page=page,
        title=_line(torrent),
        torrent=torrent.torrent,
        origin=f"{site}/tor/download.php?tid={torrent.id}",
        found_by=" ".join((*torrent.authors, *(name for name, _ in torrent.series))),
        size=rounded(torrent.size),
        published=torrent.added,
        categories=(_AUDIOBOOK if audio else _EBOOK, _OWN + torrent.category),
        # The account of the demo is a VIP member's.
        flags=("freeleech",) if torrent.free or torrent.personal_freeleech or torrent.vip else (),
        files=torrent.numfiles,
        grabs=torrent.times_completed,
        seeders=torrent.seeders,
        leechers=torrent.leechers,
    )


def rounded(size: int) -> int:
    """What is left of a size in bytes after the site has written it with one decimal."""
    number, unit = human_size(size).replace(",", "").split()
    return round(float(number) * _UNITS[unit])


def _line(torrent: MamTorrent) -> str:
    authors = ", ".join(torrent.authors[:_MOST_AUTHORS])
    language = LANGUAGE_CODES.get(torrent.language, "UNK")
    parts = (
        torrent.title,
        f"by {authors}" if authors else "",
        f"[{language} / {torrent.filetype.upper()}]",
        "[VIP]" if torrent.vip else "",
    )
    return " ".join(filter(None, parts))


def _public_offer(release: DemoRelease) -> ProwlarrOffer:
    page = f"{_PUBLIC_SITE}/{release.id}"
    info_hash = read_torrent(release.torrent).info_hash
    return ProwlarrOffer(
        guid=page,
        page=page,
        title=f"{' & '.join(release.book.authors)} - {release.title} [Unabridged Audiobook] {release.format.upper()}",
        torrent=release.torrent,
        magnet=f"magnet:?xt=urn:btih:{info_hash}",
        size=release.size,
        published=release.added,
        categories=(_AUDIO, _AUDIOBOOK),
        info_hash=info_hash.upper(),
        grabs=release.snatches,
        seeders=release.seeders,
        leechers=0,
    )

"""The catalogue of the demo: books, their releases with real files, and real .torrent files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from audiobook_daemon.demo.audio import BITRATE
from audiobook_daemon.demo.books import DemoBook, Format, ReleasePlan, planned_elsewhere, planned_releases
from audiobook_daemon.demo.content import write_content
from audiobook_daemon.demo.torrent_maker import make_torrent
from audiobook_daemon.models import SeriesPlace
from audiobook_daemon.torrents import read_torrent

FIRST_ID = 900001
FIRST_ELSEWHERE = 777001


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRelease:
    """A recording (or an e-book) of a book as somebody uploaded it."""

    id: int
    book: DemoBook
    title: str
    """As the uploader wrote it; mostly the book's."""
    narrators: tuple[str, ...]
    series: tuple[SeriesPlace, ...]
    language: str
    format: Format
    parts: int
    """Audio files."""
    files: int
    runtime: float
    """Seconds, of the files as they are; 0 for an e-book."""
    size: int
    """Bytes, of all files."""
    seeders: int
    snatches: int
    added: datetime
    abridged: bool
    drama: bool
    """A radio play of the book."""
    free: bool
    vip: bool
    tags: str
    torrent: bytes
    info_hash: str
    content: Path
    """The finished file, or the top folder of the torrent."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it; `content` is the folder that every torrent's top name lies in, ready to be seeded."""

    books: tuple[DemoBook, ...]
    releases: tuple[DemoRelease, ...]
    elsewhere: tuple[DemoRelease, ...]
    """What only a public tracker has; its books need not be among `books`."""
    content: Path


def make_catalogue(folder: Path, *, now: datetime, books: int | None = None, announce: str) -> Catalogue:
    """Write the files of the first `books` books (None: all) into `folder` and make their torrents.

    The same call gives the same catalogue, and files already there are kept. Nearly all uploads are younger
    than a week, seen from `now`. Blocks for a second or two: asynchronous callers use a thread.
    """
    plans = planned_releases()
    chosen = tuple(dict.fromkeys(plan.book for plan in plans))[:books]
    releases = tuple(
        _release(number, FIRST_ID, plan, folder, now, announce)
        for number, plan in enumerate(plans)
        if plan.book in chosen
    )
    left_out = {plan.book for plan in plans} - {*chosen}
    elsewhere = tuple(
        _release(number, FIRST_ELSEWHERE, plan, folder, now, announce)
        for number, plan in enumerate(planned_elsewhere())
        if plan.book not in left_out
    )
    return Catalogue(chosen, releases, elsewhere, folder)


def _release(number: int, first_id: int, plan: ReleasePlan, folder: Path, now: datetime, announce: str) -> DemoRelease:
    content, runtime = write_content(plan, folder)
    # Numbers nobody has written down are spread evenly, the same way every time.
    days = plan.days if plan.days is not None else 0.2 + number * 37 % 64 / 10
    seeders = plan.seeders if plan.seeders is not None else 4 + number * 17 % 43
    added = (now - timedelta(days=days)).replace(microsecond=0)
    identity = first_id + number
    torrent = make_torrent(content, announce, comment=f"MID={identity}", created=added)
    known = read_torrent(torrent)
    return DemoRelease(
        id=identity,
        book=plan.book,
        title=plan.title,
        narrators=plan.narrators,
        series=plan.series,
        language=plan.language,
        format=plan.format,
        parts=plan.parts,
        files=len(known.files),
        runtime=runtime,
        size=sum(file.size for file in known.files),
        seeders=seeders,
        snatches=plan.snatches,
        added=added,
        abridged=plan.abridged,
        drama=plan.drama,
        free=plan.free,
        vip=plan.vip,
        tags=plan.tags or _usual_tags(plan),
        torrent=torrent,
        info_hash=known.info_hash,
        content=content,
    )


def _usual_tags(plan: ReleasePlan) -> str:
    if plan.format == "epub":
        return f"{plan.book.publisher}, {plan.book.year}"
    return f"{plan.book.publisher}, {plan.book.year}, unabridged, {BITRATE} kbps"

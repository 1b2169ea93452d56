"""A catalogue of uploads that are not what they claim to be: the listing says one thing, the files are another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.books import DemoBook, Format, planned_releases
from audiobook_daemon.demo.catalogue import FIRST_ID, Catalogue, DemoRelease
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.demo.torrent_maker import make_torrent
from audiobook_daemon.models import SeriesPlace
from audiobook_daemon.torrents import read_torrent

SECONDS = 60.0
"""The true running time of a book here."""
_NO_TRACKER = "http://127.0.0.1:9/announce"
_MOST = 1000


def demo_book(title: str) -> DemoBook:
    """A book of the demo by its title."""
    return next(plan.book for plan in planned_releases() if plan.book.title == title)


def tags_of(book: DemoBook) -> AudioTags:
    """What honest files say."""
    return AudioTags(album=book.title, artist=", ".join(book.authors), composer=", ".join(book.narrators))


def m4b(book: DemoBook, seconds: float = SECONDS, tags: AudioTags | None = None) -> bytes:
    """A recording in one file."""
    return make_m4b(seconds, replace(tags or tags_of(book), title=book.title))


def parts(book: DemoBook, count: int, seconds: float = SECONDS, tags: AudioTags | None = None) -> dict[str, bytes]:
    """A recording in several MP3 files."""
    return {
        f"{number:02d}.mp3": make_mp3(seconds / count, replace(tags or tags_of(book), track=number, tracks=count))
        for number in range(1, count + 1)
    }


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A torrent and its listing; what it does not say itself is its book's. `files` are below the top folder."""

    book: DemoBook
    files: Mapping[str, bytes]
    claims: float = SECONDS
    """The running time in the listing."""
    title: str = ""
    narrators: tuple[str, ...] | None = None
    series: tuple[SeriesPlace, ...] | None = None
    format: Format = "m4b"
    snatches: int = 100
    seeders: int = 20


def publish(uploads: Sequence[Upload], folder: Path, *, first: int = 0) -> Catalogue:
    """Write the files and make the torrents, counted from `first`; each has a top folder of its own."""
    books = tuple(dict.fromkeys(upload.book for upload in uploads))
    return Catalogue(
        books, tuple(_release(number, one, folder) for number, one in enumerate(uploads, first)), (), folder
    )


def _release(number: int, upload: Upload, folder: Path) -> DemoRelease:
    content = folder / f"{upload.title or upload.book.title} ({number})"
    for path, data in upload.files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(data)
    torrent = make_torrent(content, _NO_TRACKER, comment=f"MID={FIRST_ID + number}")
    known = read_torrent(torrent)
    book = upload.book
    return DemoRelease(
        id=FIRST_ID + number,
        book=book,
        title=upload.title or book.title,
        narrators=book.narrators if upload.narrators is None else upload.narrators,
        series=book.series if upload.series is None else upload.series,
        language=book.language,
        format=upload.format,
        parts=1,
        files=len(known.files),
        runtime=upload.claims,
        size=sum(file.size for file in known.files),
        seeders=upload.seeders,
        snatches=upload.snatches,
        added=datetime.now(UTC).replace(microsecond=0) - timedelta(days=1, hours=number),
        abridged=False,
        drama=False,
        free=False,
        vip=False,
        tags="unabridged",
        torrent=torrent,
        info_hash=known.info_hash,
        content=content,
    )

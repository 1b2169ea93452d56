"""The library that the recordings were made of, rebuilt on disk, and the stand-in over it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from audiobook_daemon.demo.audio import AudioTags, Chapter
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.demo.mp3 import make_mp3

KEY = "the-key-of-root"
READER_KEY = "the-key-of-a-plain-user"
PNG = b"\x89PNG\r\n\x1a\n picture"
JPEG = b"\xff\xd8\xff picture"

_OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"
         xmlns:opf="http://www.idpf.org/2007/opf"><metadata>
<dc:title>Low Tide</dc:title><dc:creator opf:role="aut">Ben Harrow</dc:creator>
<dc:creator opf:role="nrt">Nora Quill</dc:creator><dc:creator opf:role="nrt">Tom Sedge</dc:creator>
<dc:date>2009-04-01</dc:date><dc:publisher>Pinewood Press</dc:publisher><dc:language>en</dc:language>
<dc:description>&lt;p&gt;Opf description&lt;/p&gt;</dc:description>
<dc:subject>Mystery</dc:subject><dc:tag>opf-tag</dc:tag>
<dc:identifier opf:scheme="ISBN">9780000000026</dc:identifier>
<dc:identifier opf:scheme="ASIN">B0ABCDTST3</dc:identifier>
<meta name="calibre:series" content="Harbour Lights"/><meta name="calibre:series_index" content="1.5"/>
</metadata></package>"""
_NFO = """Title: Nightwatch at Harbour Nine: The Sub
Author: Ben Harrow
Read By: Tom Sedge
Series Name: Harbour Nine
Position in Series: 9
Publisher: Quay
Copyright: 2003
Genre: Thriller, Noir
ASIN: B0ABCDTST4
Unabridged: Yes

Book Description
================
Nfo description.
"""
_JSON = {
    "title": "Salt and Signal",
    "subtitle": "A Novel",
    "authors": ["Ben Harrow", "Cora Vane"],
    "narrators": ["Tom Sedge"],
    "series": ["Harbour Lights #3", "Omnibus"],
    "genres": ["Science Fiction"],
    "tags": ["tag-a", "tag-b"],
    "publishedYear": "2015",
    "publishedDate": "2015-06-01",
    "publisher": "Pinewood Press",
    "description": "<p>First <b>bold</b>.</p>",
    "isbn": "9780000000019",
    "asin": "B0ABCDTST2",
    "language": "English",
    "explicit": False,
    "abridged": False,
    "chapters": [{"start": 0, "end": 3, "title": "Opening"}, {"start": 3, "end": 7, "title": "Close"}],
    "unknown key": 1,
}


def _with_frames(mp3: bytes, frames: dict[bytes, bytes]) -> bytes:
    """Add ID3 frames that our own tags do not have."""
    tail = b"".join(name[:4] + _synchsafe(len(body)) + b"\0\0" + body for name, body in frames.items())
    size = sum(byte << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=True))
    return mp3[:6] + _synchsafe(size + len(tail)) + mp3[10 : 10 + size] + tail + mp3[10 + size :]


def _synchsafe(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _custom(**texts: str) -> dict[bytes, bytes]:
    return {
        b"TXXX%d" % position: b"\x03" + name.replace("_", "-").encode() + b"\0" + text.encode()
        for position, (name, text) in enumerate(texts.items())
    }


@pytest.fixture
def put(folder: Path) -> Callable[[str, bytes], Path]:
    """Write a file into the library folder."""

    def write(path: str, content: bytes) -> Path:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target

    return write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "audiobooks"
    library.mkdir()
    return library


@pytest.fixture
def recorded_library(put: Callable[[str, bytes], Path]) -> None:
    """Rebuild the fifteen books of the recordings."""
    silent = make_mp3(2, AudioTags())
    orchard = "Ada Lovett/The Orchard Cycle"
    put("A Single Lantern.m4b", make_m4b(6, AudioTags(album="A Single Lantern", artist="Cora Vane & Dev Ismay")))
    put("Łucja Żak/Ætherübung/ü 1.mp3", make_mp3(3, AudioTags()))
    put(
        "Dev Ismay/folder title/t.mp3",
        _with_frames(
            make_mp3(
                4,
                AudioTags(
                    album="Tagged Through",
                    artist="Dev Ismay",
                    genre="Drama/Horror",
                    composer="Nora Quill, Tom Sedge",
                    publisher="Tag Pub",
                ),
            ),
            {b"TDRC": b"\x032020-02-03"}
            | _custom(series="Tag Series", series_part="4", subtitle="Sub From Tag", language="German")
            | {b"TXXXi": b"\x03isbn\x009780000000033", b"TXXXa": b"\x03asin\0B0ABCDTST9"}
            | {b"TXXXd": b"\x03description\0From description tag"},
        ),
    )
    put("Dev Ismay/Paper Only/book.epub", b"no book, only its name")
    within = make_mp3(4, AudioTags(album="Cover Within", artist="Dev Ismay", cover=JPEG))
    put("Dev Ismay/Cover Within/c.mp3", _with_frames(within, {b"GRP1": b"\x03Group Series #7; Other Line #2"}))
    put("Ben Harrow/Salt and Signal/Salt and Signal.m4b", make_m4b(7, AudioTags(album="Wrong", artist="Wrong")))
    put("Ben Harrow/Salt and Signal/metadata.json", json.dumps(_JSON).encode())
    put("Ben Harrow/Nightwatch at Harbour Nine/x.mp3", silent)
    put("Ben Harrow/Nightwatch at Harbour Nine/book.nfo", _NFO.encode())
    put("Ben Harrow/Low Tide/track.mp3", make_mp3(5, AudioTags(album="Album tag", artist="Artist Tag")))
    put("Ben Harrow/Low Tide/desc.txt", b"Txt description")
    put("Ben Harrow/Low Tide/reader.txt", b"Reader Txt\n")
    put("Ben Harrow/Low Tide/folder.png", PNG)
    put("Ben Harrow/Low Tide/metadata.opf", _OPF.encode())
    put("Ada Lovett/(1999) - Standalone Winter/a.mp3", silent)
    put("Cora Vane, Dev Ismay/Twin Discs/CD 1/01.mp3", make_mp3(3, AudioTags(track=1)))
    put("Cora Vane, Dev Ismay/Twin Discs/CD 2/01.mp3", make_mp3(3, AudioTags(track=1)))
    put("Cora Vane/Split Book/Part One/01.mp3", silent)
    put("Cora Vane/Split Book/Part Two/01.mp3", silent)
    put(f"{orchard}/Vol. 2.5 - Interlude/i.mp3", silent)
    put(
        f"{orchard}/2 - The Iron Bough [B0ABCDTST1]/The Iron Bough.m4b",
        make_m4b(
            9,
            AudioTags(album="The Iron Bough", artist="Ada Lovett", title="The Iron Bough", composer="Nora Quill"),
            [Chapter(0, "One"), Chapter(4, "Two")],
        ),
    )
    for part in (1, 2, 3):
        tags = AudioTags(
            album="The Glass Orchard",
            artist="Ada Lovett",
            genre="Fantasy;Adventure",
            title=f"Chapter {part}",
            track=part,
            tracks=3,
            year=2011,
            composer="Nora Quill",
            comment="A comment tag",
        )
        put(f"{orchard}/Book 1 - The Glass Orchard {{Nora Quill}}/0{part} - Part {part}.mp3", make_mp3(3 + part, tags))
    put(f"{orchard}/Book 1 - The Glass Orchard {{Nora Quill}}/cover.jpg", JPEG)


@pytest.fixture
async def server(folder: Path) -> AsyncIterator[AudiobookshelfStandIn]:
    stand_in = AudiobookshelfStandIn(folder, KEY, reader_key=READER_KEY, password="secret", seconds_per_book=0)
    async with stand_in:
        yield stand_in


@pytest.fixture
async def client(server: AudiobookshelfStandIn) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url, headers={"Authorization": f"Bearer {KEY}"}) as session:
        yield session


@pytest.fixture
def scan(server: AudiobookshelfStandIn, client: aiohttp.ClientSession) -> Callable[[], Awaitable[None]]:
    """Ask for a scan and wait until it is listed no more."""

    async def run() -> None:
        async with asyncio.timeout(60):
            async with client.post(f"/api/libraries/{server.shelf.library_id}/scan") as answer:
                assert (answer.status, await answer.text()) == (200, "OK")
            while True:
                async with client.get("/api/tasks") as answer:
                    if not (await answer.json())["tasks"]:
                        return

    return run

"""Writes the files of one release: what an uploader of that format and layout would have put into the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audiobook_daemon.demo.audio import AudioTags, Chapter
from audiobook_daemon.demo.books import ReleasePlan
from audiobook_daemon.demo.epub import make_epub
from audiobook_daemon.demo.jpeg import paint_cover
from audiobook_daemon.demo.m4b import m4b_length, make_m4b
from audiobook_daemon.demo.mp3 import make_mp3, mp3_length

SECONDS_AN_HOUR = 15.0
"""How much of a demo file stands for one hour of a real recording; keeps the whole catalogue below 40 MB."""
_COVER_PIXELS = 160
_TRACKS_A_DISC = 4
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def write_content(plan: ReleasePlan, folder: Path) -> tuple[Path, float]:
    """Write a release below `folder`: its file, or its own folder with all its files.

    Files that are there already with the right bytes are left alone, for somebody may be seeding them.
    Returns the top path and the running time in seconds, 0 for an e-book.
    """
    top = folder / (_top_name(plan) + (f".{plan.format}" if plan.layout == "file" else ""))
    for path, data in _files(plan):
        _write(top / path, data)
    if plan.layout == "folder":
        _write(top / "about.txt", f"{plan.title}\n\n{plan.book.description}\n".encode())
    return top, _runtime(plan)


def part_seconds(plan: ReleasePlan) -> float:
    """The running time of each of its files, in seconds; 0 for an e-book."""
    wished = plan.hours * SECONDS_AN_HOUR / plan.parts
    if plan.format == "epub":
        return 0.0
    return m4b_length(wished) if plan.format == "m4b" else mp3_length(wished)


def genre_title(genre: str) -> str:
    """A genre as people write it: `science-fiction` is `Science Fiction`."""
    return genre.replace("-", " ").title()


def _runtime(plan: ReleasePlan) -> float:
    return part_seconds(plan) * plan.parts


def _files(plan: ReleasePlan) -> Iterator[tuple[str, bytes]]:
    """Paths below the top folder, and content; an empty path is the top itself."""
    single = "" if plan.layout == "file" else f"{safe_name(plan.title)}.{plan.format}"
    tags = _tags(plan)
    if plan.format == "epub":
        yield single, _epub(plan)
    elif plan.format == "m4b":
        yield single, make_m4b(part_seconds(plan), tags, _chapters(plan))
    elif plan.parts == 1:
        yield single, make_mp3(part_seconds(plan), tags)
    else:
        for part in range(1, plan.parts + 1):
            path, part_tags = _part(plan, part, tags)
            yield path, make_mp3(part_seconds(plan), part_tags)


def _part(plan: ReleasePlan, part: int, tags: AudioTags) -> tuple[str, AudioTags]:
    if plan.layout == "chapters":
        path = f"{part:02d} - Chapter {part}.mp3"
        return path, replace(tags, title=f"Chapter {part}", track=part, tracks=plan.parts)
    disc, at = divmod(part - 1, _TRACKS_A_DISC)
    discs = -(-plan.parts // _TRACKS_A_DISC)
    tracks = min(_TRACKS_A_DISC, plan.parts - disc * _TRACKS_A_DISC)
    part_tags = replace(tags, title=f"Track {at + 1}", track=at + 1, tracks=tracks, disc=disc + 1, discs=discs)
    return f"CD {disc + 1}/{at + 1:02d}.mp3", part_tags


def _tags(plan: ReleasePlan) -> AudioTags:
    authors = ", ".join(plan.book.authors)
    return AudioTags(
        title=plan.title,
        artist=authors,
        album=plan.title,
        album_artist=authors,
        composer=", ".join(plan.narrators),
        genre=genre_title(plan.book.genre),
        comment=plan.book.description,
        publisher=plan.book.publisher,
        year=plan.book.year,
        cover=paint_cover(plan.book.title, _COVER_PIXELS),
    )


def _chapters(plan: ReleasePlan) -> list[Chapter]:
    """About two chapters an hour of the real recording."""
    count = min(40, max(2, round(plan.hours * 2)))
    length = part_seconds(plan) / count
    return [Chapter(number * length, f"Chapter {number + 1}") for number in range(count)]


def _epub(plan: ReleasePlan) -> bytes:
    return make_epub(
        title=plan.title,
        author=", ".join(plan.book.authors),
        language=plan.language,
        identifier=f"urn:isbn:{plan.book.isbn}",
        text=plan.book.description,
    )


def _top_name(plan: ReleasePlan) -> str:
    places = [f"{place.name} {place.position}" for place in plan.series[:1]]
    words = [plan.book.authors[0], *places, plan.title]
    abridged = " (abridged)" if plan.abridged else ""
    return safe_name(f"{' - '.join(words)}{abridged} [{plan.narrators[0]}] [{plan.format}]")


def safe_name(text: str) -> str:
    """Text as a file name that every file system takes."""
    return _FORBIDDEN.sub("", text)


def _write(path: Path, data: bytes) -> None:
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

"""What is put beside the audio: a fresh metadata.json, and the picture that came with the download; copies always."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Sequence
from os.path import commonpath
from pathlib import Path, PurePosixPath

from audiobook_daemon.models import Facts, SeriesPlace, TorrentFile
from audiobook_daemon.shelving.files import audio_files, locate, place_of
from audiobook_daemon.shelving.methods import NotPlaced, copy_file, sync
from audiobook_daemon.shelving.plan import Sidecar

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
"""What Audiobookshelf takes for a cover."""
_PREFERRED = ("cover", "folder", "front")
_LARGEST = 20_000_000
"""Bytes; larger ones are scans for printing."""
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def metadata_of(facts: Facts) -> Sidecar:
    """A metadata.json for Audiobookshelf with what is known, and nothing else.

    Empty lists are left out: on a new item they would wipe what the names of the folders say.
    """
    told = {
        "title": facts.title,
        "subtitle": facts.subtitle,
        "authors": list(facts.authors or ()),
        "narrators": list(facts.narrators or ()),
        "series": [_place(one) for one in facts.series or ()],
        "genres": list(facts.genres or ()),
        "tags": list(facts.tags or ()),
        "publishedYear": None if facts.year is None else str(facts.year),
        "publisher": facts.publisher,
        "description": facts.description,
        "isbn": facts.isbn,
        "asin": facts.asin,
        "language": facts.language,
        "abridged": facts.abridged,
    }
    known = {key: value for key, value in told.items() if value is not None and value not in ("", [])}
    return Sidecar("metadata.json", text=json.dumps(known, ensure_ascii=False, indent=2) + "\n")


def cover_of(download: Path, files: Sequence[TorrentFile], selection: Collection[str] = ()) -> Sidecar | None:
    """The picture of this book among the files of its torrent, or None.

    The one called cover, folder or front, else the largest. Of a torrent with several books only the pictures in the
    folder of this one count, and none if it has no folder of its own.
    """
    audio = [one.file.path for one in locate(download, files, selection)]
    if not audio:
        return None
    home = commonpath([str(PurePosixPath(path).parent) for path in audio])
    if any(_is_below(file.path, home) and file.path not in audio for file in audio_files(files)):
        return None
    pictures = [
        file
        for file in files
        if _is_below(file.path, home)
        and PurePosixPath(file.path).suffix.lower() in PICTURES
        and 0 < file.size <= _LARGEST
    ]
    if not pictures:
        return None
    best = min(pictures, key=_rank)
    return Sidecar(f"cover{PurePosixPath(best.path).suffix.lower()}", source=place_of(download, best, files))


def lay(sidecar: Sidecar, folder: Path) -> str | None:
    """Write or copy a sidecar into a folder; a sentence if it had to be left out, for a book is whole without it.

    Raises OSError for faults of the disk.
    """
    target = folder / sidecar.name
    if sidecar.source is None:
        with target.open("x", encoding="utf-8") as file:
            file.write(sidecar.text or "")
            file.flush()
            sync(file.fileno())
        return None
    try:
        _refuse_no_picture(sidecar.source)
        copy_file(sidecar.source, target)
    except (NotPlaced, FileNotFoundError) as error:
        target.unlink(missing_ok=True)
        return f"{sidecar.name} was left out: {error}"
    return None


def _place(place: SeriesPlace) -> str:
    name, position = place.name.replace("#", "").strip(), place.position
    return f"{name} #{position}" if position and not set(position) & set("# \t") else name


def _is_below(path: str, folder: str) -> bool:
    return not folder or PurePosixPath(path).is_relative_to(folder)


def _rank(file: TorrentFile) -> tuple[int, int, int, str]:
    path = PurePosixPath(file.path)
    stem = path.stem.casefold()
    named = _PREFERRED.index(stem) if stem in _PREFERRED else len(_PREFERRED)
    depth = len(path.parts) if named < len(_PREFERRED) else 0
    return named, depth, -file.size, file.path


def _refuse_no_picture(source: Path) -> None:
    found = source.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise NotPlaced(f"{source} is not a file.")
    if found.st_size > _LARGEST:
        raise NotPlaced(f"{source} is too large.")
    handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        beginning = os.read(handle, 12)
    finally:
        os.close(handle)
    if not beginning.startswith(_BEGINNINGS):
        raise NotPlaced(f"{source} is no picture.")

"""Makes private v1 .torrent files from finished content, the same bytes for the same content every time."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import bencode2

PIECE_LENGTH = 32 * 1024


def make_torrent(content: Path, announce: str, *, comment: str = "", created: datetime | None = None) -> bytes:
    """Make the .torrent of a single file or of a folder with all files below it.

    `created` must be given for a date inside; without it there is none. The info-hash depends on the names and
    the content alone. Raises FileNotFoundError if there is nothing at `content` or its folder is empty.
    """
    info: dict[bytes, object] = {b"name": content.name.encode(), b"piece length": PIECE_LENGTH, b"private": 1}
    if content.is_dir():
        paths = sorted(path for path in content.rglob("*") if path.is_file())
        if not paths:
            raise FileNotFoundError(f"The folder {content} holds no files to make a torrent of.")
        info[b"files"] = [
            {
                b"length": path.stat().st_size,
                b"path": [part.encode() for part in path.relative_to(content).parts],
            }
            for path in paths
        ]
    else:
        paths = [content]
        info[b"length"] = content.stat().st_size
    info[b"pieces"] = _pieces(paths)
    document: dict[bytes, object] = {
        b"announce": announce.encode(),
        b"created by": b"audiobook-daemon demo",
        b"info": info,
    }
    if comment:
        document[b"comment"] = comment.encode()
    if created is not None:
        document[b"creation date"] = int(created.timestamp())
    return bytes(bencode2.bencode(document))


def _pieces(paths: list[Path]) -> bytes:
    """The hashes of all pieces; a piece runs on from one file into the next."""
    hashes = []
    rest = b""
    for path in paths:
        data = memoryview(rest + path.read_bytes())
        whole = len(data) - len(data) % PIECE_LENGTH
        hashes += [_sha1(data[at : at + PIECE_LENGTH]) for at in range(0, whole, PIECE_LENGTH)]
        rest = bytes(data[whole:])
    if rest:
        hashes.append(_sha1(rest))
    return b"".join(hashes)


def _sha1(data: bytes | memoryview) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()

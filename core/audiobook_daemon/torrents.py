"""Reads .torrent files and magnet links into values; the only room that knows bencode."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast
from urllib.parse import parse_qs, urlsplit

import bencode2

from audiobook_daemon.errors import Refused
from audiobook_daemon.models import Torrent, TorrentFile

MOST_BYTES = 20_000_000
"""The largest .torrent file that is read; one of a terabyte in a hundred thousand files is smaller."""
_MOST_FILES = 100_000
_LONGEST_LINK = 20_000
_VERSION_ONE = re.compile(r"urn:btih:(?:([0-9a-fA-F]{40})|([a-zA-Z2-7]{32}))")
_VERSION_TWO = re.compile(r"urn:btmh:1220([0-9a-fA-F]{64})")
"""A multihash: SHA-256 (12) of 32 bytes (20)."""


def read_torrent(content: bytes) -> Torrent:
    """Read a .torrent file so that its id and files are known before anything is downloaded.

    Raises Refused (`not_a_torrent`, `unsafe_path`) for anything that is no sound torrent; a file path that
    would leave its folder is unsafe, and so are two files in one place.
    """
    if len(content) > MOST_BYTES:
        raise Refused(f"No .torrent file is larger than {MOST_BYTES // 1_000_000} MB.", "not_a_torrent")
    try:
        document = bencode2.bdecode(content)
        info = document[b"info"]
        name = _text(info[b"name"])
        meta_version = info.get(b"meta version", 1)
        raw = bencode2.bencode(info)
        files = tuple(_files(info, name))
    except (bencode2.BencodeDecodeError, KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Refused("The file is not a sound .torrent file.", "not_a_torrent") from error
    if not files:
        raise Refused(f"The torrent {name!r} holds no files.", "not_a_torrent")
    if len(files) > _MOST_FILES:
        raise Refused(f"The torrent {name!r} holds more than {_MOST_FILES} files.", "not_a_torrent")
    for file in files:
        _refuse_unsafe(file.path)
    _refuse_shared([file.path for file in files])
    # Download clients name hybrid and v2 torrents by the start of the v2 hash (libtorrent, as seen in qBittorrent).
    info_hash = hashlib.sha256(raw).hexdigest()[:40] if meta_version == 2 else hashlib.sha1(raw).hexdigest()  # noqa: S324
    return Torrent(info_hash=info_hash, name=name, content=content, files=files, private=info.get(b"private") == 1)


def read_magnet(link: str) -> Torrent:
    """Read a magnet link; raises Refused (`not_a_magnet`) if it is none or names no info-hash.

    The hash may be written in hex or, as of old, in base 32; a link of version 2 only has one of SHA-256.
    """
    try:
        parts = urlsplit(link if len(link) <= _LONGEST_LINK else "")
        query = parse_qs(parts.query, max_num_fields=1000)
    except ValueError as error:
        raise Refused("The link is no magnet link.", "not_a_magnet") from error
    if parts.scheme != "magnet":
        raise Refused("The link is no magnet link.", "not_a_magnet")
    topics = query.get("xt", ())
    # A link of both versions is named by the second one (qBittorrent, as seen).
    hashes = (found for read in (_second_version, _first_version) for topic in topics if (found := read(topic)))
    info_hash = next(hashes, None)
    if info_hash is None:
        raise Refused("The magnet link names no info-hash.", "not_a_magnet")
    return Torrent(info_hash=info_hash, name=query.get("dn", [""])[0], magnet=link)


def _first_version(topic: str) -> str | None:
    found = _VERSION_ONE.fullmatch(topic)
    if found is None:
        return None
    return found[1].lower() if found[1] else base64.b32decode(found[2].upper()).hex()


def _second_version(topic: str) -> str | None:
    """Download clients name a torrent of version 2 by the start of its hash."""
    found = _VERSION_TWO.fullmatch(topic)
    return found[1][:40].lower() if found else None


def _files(info: Mapping[bytes, object], name: str) -> Iterator[TorrentFile]:
    if b"length" in info:
        yield TorrentFile(name, _size(info[b"length"]))
    elif b"files" in info:
        for entry in cast(Sequence[Mapping[bytes, object]], info[b"files"]):
            if b"p" in cast(bytes, entry.get(b"attr", b"")):
                continue  # a padding file of BEP 47 is never written
            path = cast(Sequence[bytes], entry.get(b"path.utf-8") or entry[b"path"])
            if not path:
                raise ValueError("a file without a name")
            yield TorrentFile("/".join((name, *map(_text, path))), _size(entry[b"length"]))
    elif b"file tree" in info:
        tree = cast(Mapping[bytes, object], info[b"file tree"])
        found = list(_tree(tree, ()))
        single = len(found) == 1 and found[0].path == name
        yield from found if single else (TorrentFile(f"{name}/{file.path}", file.size) for file in found)


def _tree(tree: Mapping[bytes, object], above: tuple[str, ...]) -> Iterator[TorrentFile]:
    for key, below in tree.items():
        node = cast(Mapping[bytes, object], below)
        if b"" in node:
            leaf = cast(Mapping[bytes, object], node[b""])
            yield TorrentFile("/".join((*above, _text(key))), _size(leaf[b"length"]))
        else:
            yield from _tree(node, (*above, _text(key)))


def _size(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("a file without a size")
    return value


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        raise TypeError("text expected")
    return value.decode("utf-8", "replace")


def _refuse_unsafe(path: str) -> None:
    parts = path.split("/")
    if path.startswith("/") or "\0" in path or any(part in {"", ".", ".."} for part in parts):
        raise Refused(f"The torrent names a file outside its folder: {path!r}.", "unsafe_path")


def _refuse_shared(paths: Sequence[str]) -> None:
    """Two files of one name overwrite one another, and a file that is a folder too cannot be written."""
    seen = set(paths)
    if len(seen) < len(paths):
        raise Refused("The torrent names one file twice.", "unsafe_path")
    folders = {path[:place] for path in seen for place, sign in enumerate(path) if sign == "/"}
    if found := sorted(seen & folders):
        raise Refused(f"The torrent names a file that is a folder as well: {found[0]!r}.", "unsafe_path")

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import bencode2
import pytest

from audiobook_daemon.demo.torrent_maker import PIECE_LENGTH, make_torrent
from audiobook_daemon.torrents import read_torrent

ANNOUNCE = "http://127.0.0.1:6969/announce"


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_folder_becomes_a_private_torrent_of_all_its_files(tmp_path: Path) -> None:
    top = tmp_path / "Zoë's Book"
    write(top / "CD 2" / "01.mp3", b"c" * 40_000)
    write(top / "CD 1" / "01.mp3", b"a" * 70_000)
    write(top / "about.txt", b"hello")

    content = make_torrent(top, ANNOUNCE, comment="MID=900001")
    torrent = read_torrent(content)

    assert torrent.name == "Zoë's Book"
    assert torrent.private
    assert [(file.path, file.size) for file in torrent.files] == [
        ("Zoë's Book/CD 1/01.mp3", 70_000),
        ("Zoë's Book/CD 2/01.mp3", 40_000),
        ("Zoë's Book/about.txt", 5),
    ]
    document = bencode2.bdecode(content)
    assert document[b"announce"] == ANNOUNCE.encode()
    assert document[b"comment"] == b"MID=900001"
    assert b"creation date" not in document


def test_pieces_run_from_one_file_into_the_next(tmp_path: Path) -> None:
    top = tmp_path / "book"
    parts = [b"a" * 50_000, b"b" * 10, b"", b"c" * 100_000]
    for number, part in enumerate(parts):
        write(top / f"{number}.mp3", part)

    pieces = bencode2.bdecode(make_torrent(top, ANNOUNCE))[b"info"][b"pieces"]

    joined = b"".join(parts)
    expected = [joined[at : at + PIECE_LENGTH] for at in range(0, len(joined), PIECE_LENGTH)]
    assert pieces == b"".join(hashlib.sha1(piece).digest() for piece in expected)


def test_a_single_file_becomes_a_torrent_without_a_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "book.m4b", b"x" * PIECE_LENGTH)

    content = make_torrent(path, ANNOUNCE)

    assert [(file.path, file.size) for file in read_torrent(content).files] == [("book.m4b", PIECE_LENGTH)]
    assert len(bencode2.bdecode(content)[b"info"][b"pieces"]) == 20


def test_the_same_content_gives_the_same_torrent_whatever_the_announce_and_date(tmp_path: Path) -> None:
    path = write(tmp_path / "book.m4b", b"x" * 1000)

    first = make_torrent(path, ANNOUNCE)
    again = make_torrent(path, ANNOUNCE)
    elsewhere = make_torrent(path, "http://127.0.0.1:1/announce", created=datetime(2026, 1, 1, tzinfo=UTC))
    path.write_bytes(b"y" * 1000)
    changed = make_torrent(path, ANNOUNCE)

    assert first == again
    assert first != elsewhere
    assert read_torrent(first).info_hash == read_torrent(elsewhere).info_hash
    assert read_torrent(first).info_hash != read_torrent(changed).info_hash
    assert bencode2.bdecode(elsewhere)[b"creation date"] == 1_767_225_600


def test_there_is_no_torrent_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        make_torrent(tmp_path, ANNOUNCE)
    with pytest.raises(FileNotFoundError):
        make_torrent(tmp_path / "missing.m4b", ANNOUNCE)

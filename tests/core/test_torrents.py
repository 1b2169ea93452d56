from __future__ import annotations

import hashlib

import bencode2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Refused, Torrent, TorrentFile, read_magnet, read_torrent

HASH = "0123456789abcdef0123456789ABCDEF01234567"
SINGLE: dict[bytes, object] = {b"name": b"Emma.m4b", b"piece length": 16384, b"pieces": b"x" * 20, b"length": 7}
BASE: dict[bytes, object] = {b"name": b"Emma", b"piece length": 16384, b"pieces": b"x" * 20}


def torrent_of(info: object) -> bytes:
    return bencode2.bencode({b"announce": b"http://tracker.example/announce", b"info": info})


def with_files(*files: dict[bytes, object]) -> bytes:
    return torrent_of({**BASE, b"files": list(files)})


def test_a_single_file() -> None:
    content = torrent_of(SINGLE)
    torrent = read_torrent(content)
    assert torrent == Torrent(
        info_hash=hashlib.sha1(bencode2.bencode(SINGLE)).hexdigest(),
        name="Emma.m4b",
        content=content,
        files=(TorrentFile("Emma.m4b", 7),),
    )


def test_many_files_with_the_top_folder_in_front() -> None:
    torrent = read_torrent(
        with_files(
            {b"path": [b"CD 1", "Kapitel Zwölf.mp3".encode()], b"length": 3},
            {b"path": [b"?", b"?"], b"path.utf-8": [b"CD 2", b"13.mp3"], b"length": 4},
            {b"path": [b".pad", b"100"], b"attr": b"p", b"length": 100},
        )
    )
    assert torrent.files == (TorrentFile("Emma/CD 1/Kapitel Zwölf.mp3", 3), TorrentFile("Emma/CD 2/13.mp3", 4))


def test_version_two_is_named_by_the_start_of_its_own_hash() -> None:
    tree = {b"CD 1": {b"1.mp3": {b"": {b"length": 5}}}, b"2.mp3": {b"": {b"length": 6}}}
    info = {b"name": b"Emma", b"meta version": 2, b"piece length": 16384, b"file tree": tree}
    torrent = read_torrent(torrent_of(info))
    assert torrent.info_hash == hashlib.sha256(bencode2.bencode(info)).hexdigest()[:40]
    assert torrent.files == (TorrentFile("Emma/2.mp3", 6), TorrentFile("Emma/CD 1/1.mp3", 5))


def test_version_two_with_a_single_file_has_no_folder() -> None:
    tree = {b"Emma.m4b": {b"": {b"length": 5}}}
    info = {b"name": b"Emma.m4b", b"meta version": 2, b"piece length": 16384, b"file tree": tree}
    assert read_torrent(torrent_of(info)).files == (TorrentFile("Emma.m4b", 5),)


@pytest.mark.parametrize(("private", "expected"), [(1, True), (0, False), (b"1", False)])
def test_private(private: object, expected: bool) -> None:
    assert read_torrent(torrent_of({**SINGLE, b"private": private})).private is expected


def deep_tree() -> bytes:
    return b"d4:infod9:file tree" + b"d1:a" * 1500 + b"de" + b"e" * 1500 + b"4:name4:Emmaee"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html>",
        torrent_of(SINGLE)[:-3],
        torrent_of(SINGLE) + b"more",
        b"i1e",
        b"le",
        b"d4:infolee",
        torrent_of({}),
        torrent_of(BASE),
        torrent_of({**BASE, b"files": []}),
        torrent_of({**BASE, b"files": [b"no file"]}),
        torrent_of({**BASE, b"files": 5}),
        with_files({b"path": [b"a"], b"length": -1}),
        with_files({b"path": [b"a"], b"length": b"1"}),
        with_files({b"path": b"a", b"length": 1}),
        with_files({b"path": [b"a"]}),
        with_files({b"path": [], b"length": 1}),
        torrent_of({**SINGLE, b"name": 5}),
        b"i" + b"9" * 5000 + b"e",
        b"l" * 100_000,
        deep_tree(),
    ],
)
def test_no_torrent_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_torrent(content)
    assert caught.value.code == "not_a_torrent"


@pytest.mark.parametrize(
    "path", [[b"..", b"x"], [b"../x"], [b""], [b"."], [b"a", b"..", b"b"], [b"a\0b"], [b"a//b"], [b"/etc/passwd"]]
)
def test_a_path_outside_its_folder_is_refused(path: list[bytes]) -> None:
    with pytest.raises(Refused) as caught:
        read_torrent(with_files({b"path": [b"1.mp3"], b"length": 1}, {b"path": path, b"length": 1}))
    assert caught.value.code == "unsafe_path"


@pytest.mark.parametrize("name", [b"", b"..", b"/etc", b"../up", b"a\0"])
def test_a_name_outside_its_folder_is_refused(name: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_torrent(torrent_of({**SINGLE, b"name": name}))
    assert caught.value.code == "unsafe_path"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_torrent_or_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_torrent(content)


bencoded = st.recursive(
    st.integers() | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.binary(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = [b"name", b"length", b"files", b"file tree", b"meta version", b"private"]


@given(st.dictionaries(st.sampled_from(KEYS), bencoded | st.just([{b"path": [b"..", b"x"], b"length": 1}])))
def test_any_info_is_a_sound_torrent_or_refused(info: dict[bytes, object]) -> None:
    try:
        torrent = read_torrent(torrent_of(info))
    except Refused:
        return
    for file in torrent.files:
        assert file.size >= 0
        assert not set(file.path.split("/")) & {"", ".", ".."}


def test_a_magnet_link() -> None:
    link = f"magnet:?xt=urn:btih:{HASH}&dn=Emma+by+Jane%20Austen&tr=http%3A%2F%2Ftracker.example"
    assert read_magnet(link) == Torrent(info_hash=HASH.lower(), name="Emma by Jane Austen", magnet=link)


@pytest.mark.parametrize("order", [1, -1])
def test_a_magnet_link_of_both_versions_is_named_by_the_second_as_the_client_does(order: int) -> None:
    topics = (f"xt=urn:btmh:1220{'a' * 64}", f"xt=urn:btih:{HASH}")[::order]
    assert read_magnet(f"magnet:?{'&'.join(topics)}").info_hash == "a" * 40


@pytest.mark.parametrize(
    "link",
    [
        "",
        "magnet:?dn=Emma",
        "magnet:?xt=urn:btih:123",
        f"magnet:?xt=urn:sha1:{HASH}",
        f"http://elsewhere.example/?xt=urn:btih:{HASH}",
        f"magnet://[?xt=urn:btih:{HASH}",
    ],
)
def test_no_magnet_link_is_refused(link: str) -> None:
    with pytest.raises(Refused) as caught:
        read_magnet(link)
    assert caught.value.code == "not_a_magnet"


OLD_FORM = "AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH"
"""The same hash in base 32."""


@pytest.mark.parametrize("text", [OLD_FORM, OLD_FORM.lower()])
def test_a_hash_of_old_is_read(text: str) -> None:
    assert read_magnet(f"magnet:?xt=urn:btih:{text}&dn=Emma").info_hash == HASH.lower()


def test_a_link_of_version_two_alone_is_named_by_the_start_of_its_hash() -> None:
    link = f"magnet:?xt=urn:btmh:1220{'AB' * 32}&dn=Emma"
    assert read_magnet(link) == Torrent(info_hash="ab" * 20, name="Emma", magnet=link)


@pytest.mark.parametrize(
    "topic",
    [
        f"urn:btih:{OLD_FORM}A",
        f"urn:btih:{'1' * 32}",
        f"urn:btmh:1114{'a' * 40}",
        f"urn:btmh:1220{'a' * 63}",
    ],
)
def test_what_only_looks_like_a_hash_is_refused(topic: str) -> None:
    with pytest.raises(Refused) as caught:
        read_magnet(f"magnet:?xt={topic}")
    assert caught.value.code == "not_a_magnet"


def test_a_link_of_a_million_trackers_is_refused() -> None:
    with pytest.raises(Refused):
        read_magnet(f"magnet:?xt=urn:btih:{HASH}" + "&tr=x" * 1_000_000)


def test_what_is_too_large_to_be_a_torrent_file_is_not_even_read() -> None:
    with pytest.raises(Refused, match="larger than 20 MB") as caught:
        read_torrent(b"d" * 20_000_001)
    assert caught.value.code == "not_a_torrent"


@pytest.mark.parametrize(
    ("one", "other"),
    [([b"01.mp3"], [b"01.mp3"]), ([b"CD"], [b"CD", b"a.mp3"])],
)
def test_two_files_in_one_place_are_refused(one: list[bytes], other: list[bytes]) -> None:
    with pytest.raises(Refused) as caught:
        read_torrent(with_files({b"path": one, b"length": 1}, {b"path": other, b"length": 1}))
    assert caught.value.code == "unsafe_path"

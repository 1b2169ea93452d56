"""What is listed of a folder is safe to work with, or there is a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audiobook_daemon.models import TorrentFile
from audiobook_daemon.pipeline import NotPossible
from audiobook_daemon.pipeline.adopting.listing import list_files


def put(*names: str, below: Path) -> None:
    for name in names:
        place = below / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"1234567")


def test_a_folder_is_named_as_its_torrent_would_be(tmp_path: Path) -> None:
    put("Emma/CD 2/1.mp3", "Emma/CD 1/1.mp3", "Emma/cover.jpg", below=tmp_path)
    assert list_files(tmp_path / "Emma") == (
        TorrentFile("Emma/CD 1/1.mp3", 7),
        TorrentFile("Emma/CD 2/1.mp3", 7),
        TorrentFile("Emma/cover.jpg", 7),
    )
    assert list_files(tmp_path / "Emma" / "cover.jpg") == (TorrentFile("cover.jpg", 7),)


def test_a_link_is_not_followed_not_even_the_folder_itself(tmp_path: Path) -> None:
    put("Emma/1.mp3", below=tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "Emma")
    (tmp_path / "Emma" / "round").symlink_to(tmp_path)
    assert list_files(tmp_path / "Emma") == (TorrentFile("Emma/1.mp3", 7),)
    with pytest.raises(NotPossible, match="neither a folder nor a file"):
        list_files(tmp_path / "link")


def test_too_many_files_and_too_many_folders_are_refused(tmp_path: Path) -> None:
    put(*(f"many/{number}.mp3" for number in range(4)), below=tmp_path)
    with pytest.raises(NotPossible, match="more than 3 files"):
        list_files(tmp_path / "many", most=3)
    put("/".join(["deep"] * 25), below=tmp_path)
    with pytest.raises(NotPossible, match="more than 20 folders deep"):
        list_files(tmp_path / "deep")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    put(f"Emma/{os.fsdecode(bytes([255]))}.mp3", below=tmp_path)
    with pytest.raises(NotPossible, match="no text in UTF-8") as caught:
        list_files(tmp_path / "Emma")
    str(caught.value).encode()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "/own/x"), "cannot read /own/x"),
        (OSError(5, "I/O error"), "I/O error"),
    ],
)
def test_what_the_daemon_may_not_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def refuse(_: str) -> None:
        raise error

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(NotPossible, match=words):
        list_files(tmp_path)

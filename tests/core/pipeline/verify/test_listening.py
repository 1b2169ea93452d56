"""A file that no reader can read is the file's fault; a disk that cannot give its bytes is the disk's."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tinytag import TinyTag, TinyTagException

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.models import TorrentFile
from audiobook_daemon.pipeline.verify.listening import listen
from audiobook_daemon.shelving import Located


@pytest.fixture
def located(tmp_path: Path) -> Located:
    place = tmp_path / "book.m4b"
    place.write_bytes(make_m4b(2.0, AudioTags(album="Emma"), []))
    return Located(TorrentFile("book.m4b", place.stat().st_size), place)


def fail(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def get(_: Path) -> TinyTag:
        raise TinyTagException("cannot be read") from OSError(number, os.strerror(number))

    monkeypatch.setattr(TinyTag, "get", get)


def test_a_size_that_cannot_be_makes_a_file_unreadable(located: Located, monkeypatch: pytest.MonkeyPatch) -> None:
    assert listen(located).flaw is None
    fail(monkeypatch, errno.EINVAL)  # what seeking to such a place gives
    assert listen(located).flaw == "cannot be played"


def test_a_fault_of_the_disk_says_nothing_about_the_file(located: Located, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match="Input/output error"):
        listen(located)

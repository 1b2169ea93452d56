"""Running time, bitrate and abridgement: only what can be true of the whole release."""

from __future__ import annotations

import json

import pytest

from audiobook_plugins.mam.reading import flag, moment, number, size, text, unix, whole
from audiobook_plugins.mam.recording import abridged, bitrate, duration, runtime

MIB = 1024**2


def row(length: object = None, rate: object = None, files: object = 1, **more: object) -> dict[str, object]:
    media = {"General": {"Duration": length}, "Audio1": {"BitRate": rate}}
    return {"mediainfo": json.dumps(media), "numfiles": files, **more}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("8:17:09", 29829.0),
        ("26:35:50", 95750.0),
        ("41:07", 2467.0),
        ("11 h 22 min", 40920.0),
        ("11h 22m", 40920.0),
        ("45 min 3 s", 2703.0),
        (3600, 3600.0),
        ("0", None),
        ("about nine hours", None),
        ("", None),
        (None, None),
    ],
)
def test_duration(value: object, expected: float | None) -> None:
    assert duration(value) == expected


@pytest.mark.parametrize(
    ("stated", "tags", "expected"),
    [
        ("126k", None, 126),
        ("1.41 Mbit/s", None, 1410),
        ("64 kb/s", None, 64),
        ("128 kbps", None, 128),
        (63000, None, 63),
        (None, "unabridged 64 kbps 2019", 64),
        (None, "128kbps", 128),
        (None, "64 kb/s", 64),
        ("900000k", "64 kbps", None),
        ("1k", None, None),
        (None, "Vol 2019", None),
        (None, 2019, None),
    ],
)
def test_bitrate(stated: object, tags: object, expected: int | None) -> None:
    assert bitrate(row(rate=stated, tags=tags)) == expected


@pytest.mark.parametrize(
    ("made", "megabytes", "expected"),
    [
        pytest.param(row("10:00:00", "64k"), 280, 36000.0, id="one file that fits"),
        pytest.param(row("10:00:00", "64k", 2), 280, 36000.0, id="an audio file and a PDF"),
        pytest.param(row("0:20:00", "64k", 30), 280, None, id="one of thirty chapters"),
        pytest.param(row("5:00:00", "64k", 2), 280, None, id="one of two halves"),
        pytest.param(row("0:00:17", "64k"), 280, None, id="seconds for a book"),
        pytest.param(row("0:10:00", "64k"), 280, None, id="one file, far too short for its size"),
        pytest.param(row("100:00:00", "64k"), 280, None, id="far too long for its size"),
        pytest.param(row("10:00:00"), 280, 36000.0, id="one file without bitrate"),
        pytest.param(row("10:00:00", files=12), 280, None, id="many files without bitrate"),
        pytest.param(row("10:00:00", files=None), 280, None, id="nobody says how many files"),
        pytest.param(row("10:00:00", "64k"), None, 36000.0, id="one file of unknown size"),
        pytest.param(row("10:00:00", "64k", 2), None, None, id="many files of unknown size"),
    ],
)
def test_runtime_is_kept_only_if_it_is_that_of_the_whole(
    made: dict[str, object], megabytes: int | None, expected: float | None
) -> None:
    assert runtime(made, None if megabytes is None else megabytes * MIB) == expected


@pytest.mark.parametrize(
    ("flags", "title", "tags", "expected"),
    [
        (32, "Emma", "unabridged", True),
        ("36", "Emma", "", True),
        (0, "Emma", "unabridged 1815", False),
        (0, "Emma", "abridged", True),
        (0, "Die Räuber – ungekürzt", "", False),
        (0, "Die Räuber (gekürzte Lesung)", "", True),
        (0, "Emma", "", None),
        (None, "Emma", None, None),
        (0, "Emma", "abridged and unabridged", None),
    ],
)
def test_abridged(flags: object, title: str, tags: object, expected: bool | None) -> None:
    assert abridged({"browseflags": flags, "tags": tags}, title) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("451.8 MiB", 473_746_637),
        ("1,016.2 KiB", 1_040_589),
        ("1.3 TiB", 1_429_365_116_109),
        ("2.1 GB", 2_100_000_000),
        ("12 B", 12),
        ("6324306932", 6_324_306_932),
        (5, 5),
        ("MiB", None),
        ("1.2.3 MiB", None),
        (None, None),
    ],
)
def test_size(value: object, expected: int | None) -> None:
    assert size(value) == expected


def test_mixed_types() -> None:
    assert [whole(it) for it in (3, "3", True, 3.0, " 3 ", "x", None, 3.5, "")] == [
        3,
        3,
        1,
        3,
        3,
        None,
        None,
        None,
        None,
    ]
    assert [flag(it) for it in (1, "1", "yes", "0", False, "no", None, "maybe")] == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip
    assert [number(it) for it in ("4.217", 1, "Inf.", float("inf"), "∞", None)] == [4.217, 1.0, None, None, None, None]
    assert (text(813), text(True), text(" a \n b "), text("")) == ("813", None, "a b", None)
    assert (moment("0000-00-00 00:00:00"), unix(0), unix("x")) == (None, None, None)

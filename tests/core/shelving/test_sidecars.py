"""What is put beside the audio: our own words and the best picture, always copies; nothing else of the torrent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.core.shelving.seeding import plan_of

from audiobook_daemon import Facts, SeriesPlace, TorrentFile
from audiobook_daemon.shelving import Method, Sidecar, cover_of, metadata_of, stage

JPEG = b"\xff\xd8\xff\xe0 a picture"


def test_what_is_known_is_written_in_the_words_of_audiobookshelf() -> None:
    facts = Facts(
        "wish",
        title="Emma",
        subtitle="A Novel",
        authors=("Jane Austen",),
        narrators=("Juliet Stevenson",),
        series=(SeriesPlace("Novels", "2.5"), SeriesPlace("Classics"), SeriesPlace("Odd #ones", "Book 3")),
        year=1815,
        publisher="Naxos",
        description="Matchmaking.",
        language="en",
        isbn="9780141439587",
        asin="B000000001",
        genres=("Romance",),
        tags=("classic",),
        abridged=False,
    )
    written = metadata_of(facts)
    assert written.name == "metadata.json"
    assert json.loads(written.text or "") == {
        "title": "Emma",
        "subtitle": "A Novel",
        "authors": ["Jane Austen"],
        "narrators": ["Juliet Stevenson"],
        "series": ["Novels #2.5", "Classics", "Odd ones"],
        "genres": ["Romance"],
        "tags": ["classic"],
        "publishedYear": "1815",
        "publisher": "Naxos",
        "description": "Matchmaking.",
        "isbn": "9780141439587",
        "asin": "B000000001",
        "language": "en",
        "abridged": False,
    }


def test_what_is_unknown_is_left_out() -> None:
    """An empty list of narrators or series would wipe what the names of the folders say."""
    facts = Facts("wish", title="Emma", authors=(), narrators=(), series=(), subtitle="")
    assert json.loads(metadata_of(facts).text or "") == {"title": "Emma"}


def files(*pictures: tuple[str, int], audio: tuple[str, ...] = ("B/1.mp3",)) -> tuple[TorrentFile, ...]:
    return (*(TorrentFile(path, 1000) for path in audio), *(TorrentFile(path, size) for path, size in pictures))


@pytest.mark.parametrize(
    ("pictures", "best"),
    [
        ([("B/back.jpg", 900), ("B/Cover.JPG", 5)], "Cover.JPG"),
        ([("B/folder.png", 900), ("B/front.jpg", 900), ("B/x.webp", 9999)], "folder.png"),
        ([("B/scans/cover.jpg", 900), ("B/cover.jpg", 5)], "cover.jpg"),
        ([("B/small.jpg", 10), ("B/scans/large.jpeg", 20)], "scans/large.jpeg"),
        ([("B/huge.jpg", 20_000_001), ("B/small.jpg", 10)], "small.jpg"),
        ([("B/huge.jpg", 20_000_001), ("B/empty.jpg", 0), ("B/cover.gif", 9), ("B/cover.nfo", 9)], None),
        ([], None),
    ],
)
def test_the_best_picture_is_chosen(pictures: list[tuple[str, int]], best: str | None) -> None:
    cover = cover_of(Path("/seeding/B"), files(*pictures))
    if best is None:
        assert cover is None
    else:
        assert cover == Sidecar(f"cover{Path(best).suffix.lower()}", source=Path("/seeding/B", best))


def test_of_several_books_each_gets_only_what_lies_in_its_own_folder() -> None:
    audio = ("P/Emma/1.mp3", "P/Persuasion/1.mp3")
    pack = files(("P/cover.jpg", 9), ("P/Emma/back.jpg", 9), audio=audio)
    assert cover_of(Path("/s/P"), pack, ["P/Emma/1.mp3"]) == Sidecar("cover.jpg", source=Path("/s/P/Emma/back.jpg"))
    assert cover_of(Path("/s/P"), pack, ["P/Persuasion/1.mp3"]) is None
    loose = files(("P/cover.jpg", 9), audio=("P/Emma.m4b", "P/Persuasion.m4b"))
    assert cover_of(Path("/s/P"), loose, ["P/Emma.m4b"]) is None


def test_a_single_file_has_no_picture() -> None:
    assert cover_of(Path("/seeding/B.m4b"), [TorrentFile("B.m4b", 9)]) is None
    assert cover_of(Path("/seeding/B"), [TorrentFile("B/notes.txt", 9)]) is None


def test_sidecars_are_copies_even_where_the_audio_is_linked(tmp_path: Path) -> None:
    picture = tmp_path / "seeding" / "Book" / "front.jpg"
    plan = plan_of(
        tmp_path,
        "Book/a.mp3",
        "Book/front.jpg",
        "Book/book.nfo",
        "Book/metadata.json",
        sidecars=(Sidecar("cover.jpg", source=picture), Sidecar("metadata.json", text='{"title": "Ä"}\n')),
    )
    picture.write_bytes(JPEG)
    staged = stage(plan, tuple(Method))
    assert [one.name for one in staged.files] == ["a.mp3", "cover.jpg", "metadata.json"]
    assert staged.method is Method.HARDLINK
    for name in ("cover.jpg", "metadata.json"):
        assert (plan.staging / name).stat().st_nlink == 1
    assert (plan.staging / "cover.jpg").read_bytes() == JPEG
    assert (plan.staging / "metadata.json").read_text() == '{"title": "Ä"}\n'


def leads_out(picture: Path) -> None:
    picture.unlink()
    picture.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (leads_out, "is not a file"),
        (Path.unlink, "No such file"),
        (lambda picture: picture.write_bytes(b"<html>"), "is no picture"),
        (lambda picture: picture.write_bytes(JPEG + bytes(20_000_000)), "is too large"),
    ],
)
def test_a_picture_that_is_none_is_left_out_and_the_book_is_whole(tmp_path: Path, spoil: object, why: str) -> None:
    picture = tmp_path / "seeding" / "Book" / "cover.jpg"
    sidecar = Sidecar("cover.jpg", source=picture)
    plan = plan_of(tmp_path, "Book/a.mp3", "Book/cover.jpg", sidecars=(sidecar,))
    assert callable(spoil)
    spoil(picture)
    staged = stage(plan, tuple(Method))
    assert [one.name for one in staged.files] == ["a.mp3"]
    (told,) = staged.passed
    assert told.startswith("cover.jpg was left out: ")
    assert why in told

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bencode2
import pytest
from tinytag import TinyTag

from audiobook_daemon.demo.catalogue import Catalogue, DemoRelease, make_catalogue
from audiobook_daemon.demo.listings import google_volumes, mam_torrents
from audiobook_daemon.demo.mam.tables import CATEGORIES
from audiobook_daemon.torrents import read_torrent

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANNOUNCE = "http://127.0.0.1:6969/announce"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return make_catalogue(tmp_path_factory.mktemp("catalogue"), now=NOW, announce=ANNOUNCE)


def audio(release: DemoRelease) -> list[Path]:
    found = [release.content, *release.content.rglob("*")]
    return sorted(path for path in found if path.is_file() and path.suffix in {".mp3", ".m4b"})


def titled(catalogue: Catalogue, title: str) -> list[DemoRelease]:
    return [release for release in catalogue.releases if release.book.title == title]


def test_some_sixty_books_fill_the_charts_of_four_genres(catalogue: Catalogue) -> None:
    week = [
        release.book.genre
        for release in catalogue.releases
        if release.format != "epub" and release.seeders and release.language == "en"
        if release.title == release.book.title and NOW - release.added < timedelta(days=7)
    ]
    charts = Counter(week)

    assert 60 <= len(catalogue.books) <= 75
    assert sum(count > 10 for count in charts.values()) >= 4
    assert sum(count >= 14 for count in charts.values()) >= 2


def test_books_are_of_every_kind_that_makes_trouble(catalogue: Catalogue) -> None:
    books = catalogue.books
    names = " ".join(name for book in books for name in (book.title, *book.authors, *book.narrators))
    positions = {place.position for book in books for place in book.series}

    assert {"0.5", "1.5", "2.5"} <= positions
    assert {"en", "de", "fr", "ru", "ja"} == {book.language for book in books}
    assert {"&", "'", "ß", "ë", "é", "М", "猫"} <= set(names)
    assert any(len(book.authors) > 1 for book in books)
    assert any(len(book.narrators) > 1 for book in books)
    assert any(len(book.series) > 1 for book in books)
    assert any(book.subtitle for book in books)


def test_decoys_are_more_popular_than_the_right_release(catalogue: Catalogue) -> None:
    decoys = [
        release
        for release in catalogue.releases
        if release.abridged or release.drama or release.format == "epub" or "Summary" in release.title
    ]

    assert {release.abridged for release in decoys} == {True, False}
    assert any(release.drama for release in decoys)
    assert any(release.format == "epub" for release in decoys)
    for decoy in decoys:
        right = titled(catalogue, decoy.book.title)[0]
        assert right is not decoy
        assert decoy.snatches > right.snatches
    assert any(place.position == "1-3" for release in catalogue.releases for place in release.series)


def test_a_book_can_have_two_readers_and_a_release_no_seeder(catalogue: Catalogue) -> None:
    editions = {release.narrators for release in titled(catalogue, "The Time Machine")}

    assert editions == {("Clive Merrow",), ("Amara Nwosu",)}
    assert [release.book.title for release in catalogue.releases if release.seeders == 0] == [
        "The Well at the World's End"
    ]


def test_numbers_are_unique_and_sound(catalogue: Catalogue) -> None:
    for book in catalogue.books:
        digits = [int(digit) for digit in book.isbn]
        assert len(digits) == 13
        assert sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0
        assert re.fullmatch(r"B0[A-Z0-9]{8}", book.asin)
    assert len({book.isbn for book in catalogue.books}) == len(catalogue.books)
    assert len({release.id for release in catalogue.releases}) == len(catalogue.releases)
    assert len({release.info_hash for release in catalogue.releases}) == len(catalogue.releases)
    assert len({release.content.name.casefold() for release in catalogue.releases}) == len(catalogue.releases)


def test_every_torrent_is_of_the_files_that_lie_in_the_folder(catalogue: Catalogue) -> None:
    for release in catalogue.releases:
        torrent = read_torrent(release.torrent)
        assert torrent.private
        assert torrent.info_hash == release.info_hash
        assert torrent.name == release.content.name
        assert len(torrent.files) == release.files
        for file in torrent.files:
            assert (catalogue.content / file.path).stat().st_size == file.size
        assert sum(file.size for file in torrent.files) == release.size
        document = bencode2.bdecode(release.torrent)
        assert document[b"announce"] == ANNOUNCE.encode()
        assert document[b"comment"] == f"MID={release.id}".encode()


def test_runtimes_and_tags_are_those_of_the_files(catalogue: Catalogue) -> None:
    for release in catalogue.releases:
        paths = audio(release)
        if release.format == "epub":
            assert (paths, release.runtime) == ([], 0)
            continue
        tags = [TinyTag.get(path) for path in paths]
        assert len(paths) == release.parts
        assert sum(tag.duration or 0 for tag in tags) == pytest.approx(release.runtime, abs=0.01)
        for tag in tags:
            assert tag.album == release.title
            assert tag.artist == ", ".join(release.book.authors)
            assert tag.composer == ", ".join(release.narrators)


def test_discs_are_folders_whose_tracks_count_from_one(catalogue: Catalogue) -> None:
    (release,) = titled(catalogue, "Jane Eyre")
    paths = [path.relative_to(release.content).as_posix() for path in audio(release)]

    assert paths == [f"CD {disc}/{track:02d}.mp3" for disc in (1, 2, 3) for track in (1, 2, 3, 4)]
    last = TinyTag.get(release.content / "CD 3" / "04.mp3")
    assert (last.track, last.track_total, last.disc, last.disc_total) == (4, 4, 3, 3)


def test_the_same_call_gives_the_same_catalogue_and_leaves_the_files_alone(tmp_path: Path) -> None:
    first = make_catalogue(tmp_path, now=NOW, books=4, announce=ANNOUNCE)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    damaged = audio(first.releases[0])[0]
    damaged.write_bytes(b"")
    again = make_catalogue(tmp_path, now=NOW, books=4, announce=ANNOUNCE)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    assert first == again
    assert len(first.books) == 4
    assert {release.book for release in first.releases} == set(first.books)
    assert {path for path in after if after[path] != before[path]} == {damaged}


def test_uploads_age_with_the_clock_but_keep_their_info_hashes(tmp_path: Path) -> None:
    first = make_catalogue(tmp_path, now=NOW, books=2, announce=ANNOUNCE)
    later = make_catalogue(tmp_path, now=NOW + timedelta(days=9), books=2, announce=ANNOUNCE)

    for old, new in zip(first.releases, later.releases, strict=True):
        assert new.added - old.added == timedelta(days=9)
        assert new.info_hash == old.info_hash


def test_myanonamouse_lists_every_release(catalogue: Catalogue) -> None:
    listed = mam_torrents(catalogue)

    assert [torrent.id for torrent in listed] == [release.id for release in catalogue.releases]
    for torrent, release in zip(listed, catalogue.releases, strict=True):
        assert torrent.main_category == (14 if release.format == "epub" else 13)
        genre = CATEGORIES[torrent.category].name.rpartition(" - ")[2]
        assert genre.casefold().replace(" ", "-") == release.book.genre
        assert (torrent.size, torrent.torrent) == (release.size, release.torrent)
        assert torrent.browseflags == (32 if release.abridged else 0)
        # The media info of the site is that of one file.
        expected = None if release.format == "epub" else pytest.approx(release.runtime / release.parts)
        assert torrent.duration == expected
    numbers = {torrent.isbn for torrent in listed if torrent.title.startswith("Summary")}
    assert numbers == {None}
    languages = {torrent.language for torrent in listed if "[German]" in torrent.title}
    assert languages == {37}


def test_google_books_knows_every_book_but_no_recording(catalogue: Catalogue) -> None:
    volumes = google_volumes(catalogue)

    books = [*catalogue.books, catalogue.elsewhere[-1].book]

    assert len({volume.id for volume in volumes}) == len(books)
    for volume, book in zip(volumes, books, strict=True):
        assert (volume.title, volume.subtitle, volume.authors) == (book.title, book.subtitle, book.authors)
        assert (volume.isbn_13, volume.language) == (book.isbn, book.language)
        assert volume.published_date == str(book.year)

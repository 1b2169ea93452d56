"""Prowlarr offers MyAnonamouse once more, in a line of text and a rounded size, and what nobody else has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audiobook_daemon.demo.catalogue import Catalogue, make_catalogue
from audiobook_daemon.demo.listings import mam_torrents
from audiobook_daemon.demo.mam import MamTorrent
from audiobook_daemon.demo.offers import PUBLIC, mam_offer, prowlarr_indexers, rounded
from audiobook_daemon.demo.prowlarr import ProwlarrIndexer
from audiobook_daemon.torrents import read_torrent

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"
TORRENT = MamTorrent(id=7, title="Emma", torrent=b"de", authors=("Jane Austen",), category=45)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return make_catalogue(tmp_path_factory.mktemp("catalogue"), now=NOW, announce="http://127.0.0.1:9/announce")


@pytest.fixture(scope="module")
def indexers(catalogue: Catalogue) -> list[ProwlarrIndexer]:
    return prowlarr_indexers(catalogue, mam_torrents(catalogue), SITE)


def test_every_torrent_of_mam_is_there_with_its_page(catalogue: Catalogue, indexers: list[ProwlarrIndexer]) -> None:
    offers = indexers[0].offers
    assert [offer.page for offer in offers] == [f"{SITE}/t/{release.id}" for release in catalogue.releases]
    assert [offer.torrent for offer in offers] == [release.torrent for release in catalogue.releases]
    kinds = {offer.categories[0] for offer, release in zip(offers, catalogue.releases, strict=True)
             if release.format == "epub"}  # fmt: skip
    assert kinds == {7020}
    assert all(number in (*indexers[0].categories, *indexers[0].own_categories)
               for offer in offers for number in offer.categories)  # fmt: skip


@pytest.mark.parametrize(
    ("torrent", "title"),
    [
        (TORRENT, "Emma by Jane Austen [ENG / M4B]"),
        (replace(TORRENT, vip=True, language=37, filetype="mp3"), "Emma by Jane Austen [GER / MP3] [VIP]"),
        (replace(TORRENT, authors=()), "Emma [ENG / M4B]"),
        (replace(TORRENT, authors=tuple("ABCDEFG")), "Emma by A, B, C, D, E [ENG / M4B]"),
    ],
)
def test_all_that_is_known_stands_in_one_line(torrent: MamTorrent, title: str) -> None:
    assert mam_offer(torrent, SITE).title == title


@pytest.mark.parametrize(
    ("size", "expected"),
    [(500, 500), (1_040_588, 1_040_589), (473_746_637, 473_746_637), (1_288_490_188, 1_288_490_189)],
)
def test_a_size_is_what_one_decimal_leaves(size: int, expected: int) -> None:
    assert rounded(size) == expected


def test_the_public_tracker_has_recordings_of_its_own_and_a_book_nobody_else_has(
    catalogue: Catalogue, indexers: list[ProwlarrIndexer]
) -> None:
    public = next(one for one in indexers if one.name == PUBLIC)
    assert len(public.offers) == len(catalogue.elsewhere) == 3
    ours = {release.info_hash for release in catalogue.releases}
    assert ours.isdisjoint(release.info_hash for release in catalogue.elsewhere)
    assert [release.book in catalogue.books for release in catalogue.elsewhere] == [True, True, False]
    assert len({release.content.name.casefold() for release in (*catalogue.releases, *catalogue.elsewhere)}) == len(
        catalogue.releases
    ) + len(catalogue.elsewhere)
    for offer, release in zip(public.offers, catalogue.elsewhere, strict=True):
        assert release.book.title in offer.title
        assert release.book.authors[0] in offer.title
        assert (offer.info_hash or "").lower() == read_torrent(offer.torrent or b"").info_hash == release.info_hash
        for file in read_torrent(release.torrent).files:
            assert (catalogue.content / file.path).stat().st_size == file.size


def test_a_small_catalogue_has_only_what_belongs_to_it(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> None:
    small = make_catalogue(tmp_path_factory.mktemp("small"), now=NOW, books=2, announce="http://127.0.0.1:9/announce")
    assert [release.book.title for release in small.elsewhere] == ["The Beetle"]
    assert small.elsewhere[0].id == catalogue.elsewhere[2].id

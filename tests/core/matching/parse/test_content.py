from __future__ import annotations

import pytest

from audiobook_daemon.matching.parse import Content, content_type


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Frank Herbert - Dune [64kbps].zip", Content.AUDIOBOOK),
        ("Frank Herbert - Dune (Audiobook).rar", Content.AUDIOBOOK),
        ("Frank_Herbert_-_Dune-AUDiOBOOK-WEB-2021-GRP", Content.AUDIOBOOK),
        ("Dune by Frank Herbert [ENG / M4B]", Content.AUDIOBOOK),
        ("Frank Herbert - Dune.epub", Content.EBOOK),
        ("1080 Recipes - Simone Ortega EPUB", Content.EBOOK),
        ("Saga 012 (2016) (digital).cbr", Content.COMIC),
        ("The Economist - January 5, 2020 PDF", Content.MAGAZINE),
        ("Dune S01E03 HDTV x264", Content.VIDEO),
        ("Dune.2021.1080p.BluRay", Content.VIDEO),
        ("Dune Spice Wars v1.2 x64 GOG", Content.OTHER),
        ("Frank Herbert - Dune", Content.UNKNOWN),
        ("", Content.UNKNOWN),
    ],
)
def test_a_title_shows_its_kind_of_content(title: str, kind: Content) -> None:
    assert content_type(title) is kind


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Audiobooks - Fantasy", Content.AUDIOBOOK),
        ("Audio/Audiobook", Content.AUDIOBOOK),
        ("( Ebooks - Fantasy )", Content.EBOOK),
        ("Ebooks - Comics/Graphic novels", Content.COMIC),
        ("3030", Content.AUDIOBOOK),
        ("7020", Content.EBOOK),
        ("5040", Content.VIDEO),
        ("Musicology", Content.OTHER),
        ("", Content.UNKNOWN),
    ],
)
def test_a_category_names_its_kind_of_content(category: str, kind: Content) -> None:
    assert content_type(category=category) is kind


def test_the_category_outweighs_the_title() -> None:
    assert content_type("Dune.epub", "Audiobooks - Fantasy") is Content.AUDIOBOOK

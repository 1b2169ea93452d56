from __future__ import annotations

import pytest

from audiobook_daemon.matching.parse import Piece, bracket_tags, cut_brackets


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Dune", [Piece("Dune")]),
        ("Dune [M4B] (1965)", [Piece("Dune "), Piece("M4B", "["), Piece("1965", "(")]),
        ("[ENG / M4B] Dune", [Piece("ENG / M4B", "["), Piece(" Dune")]),
        ("Dune {Scott Brick}", [Piece("Dune "), Piece("Scott Brick", "{")]),
        ("Dune (Saga [1])", [Piece("Dune "), Piece("Saga [1]", "(")]),
        ("Dune (unclosed", [Piece("Dune (unclosed")]),
        ("Dune) unopened", [Piece("Dune) unopened")]),
        ("Dune [MP3 V0 VBR)]", [Piece("Dune "), Piece("MP3 V0 VBR)", "[")]),
        ("ノルウェイの森【完全版】", [Piece("ノルウェイの森"), Piece("完全版", "【")]),
        ("Dune ()", [Piece("Dune ")]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_its_outer_brackets(text: str, pieces: list[Piece]) -> None:
    assert list(cut_brackets(text)) == pieces


@pytest.mark.parametrize(
    ("text", "title", "tags"),
    [
        ("Hyperion [English] [Unabridged]", "Hyperion", ("English", "Unabridged")),
        ("Hyperion [MP3/64k|VIP]", "Hyperion", ("MP3", "64k", "VIP")),
        ("Hyperion [english] [English]", "Hyperion", ("english",)),
        ("Hyperion [English] Cantos", "Hyperion Cantos", ("English",)),
        ("Hyperion (Cantos) [English]", "Hyperion (Cantos)", ("English",)),
        ("Hyperion [open", "Hyperion [open", ()),
    ],
)
def test_square_brackets_are_tags_each_once(text: str, title: str, tags: tuple[str, ...]) -> None:
    assert bracket_tags(text) == (title, tags)

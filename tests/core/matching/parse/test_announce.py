from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.announce import Announcement, read_announcement
from audiobook_daemon.matching.parse.content import Content

LINE = (
    "New Torrent: Dune: Book One By: Frank Herbert Category: ( Audiobooks - Science Fiction ) Size: ( 1.2 GiB ) "
    "Filetype: ( m4b ) Language: ( English ) Link: ( https://tracker.example/t/123456 )"
)
DUNE = Claims("Dune: Book One", authors=("Frank Herbert",), formats=("m4b",), language="en")


def test_a_line_is_read_whole() -> None:
    found = read_announcement(LINE)
    assert found == Announcement(
        DUNE, "123456", "Audiobooks - Science Fiction", Content.AUDIOBOOK, "1.2 GiB", "English"
    )
    assert found.bytes == round(1.2 * 1024**3)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        (LINE.replace("Frank Herbert", "Brian Herbert, Kevin J. Anderson"), ("Brian Herbert", "Kevin J. Anderson")),
        (LINE.replace("Frank Herbert", "Herbert, Frank"), ("Frank Herbert",)),
        (LINE.replace(" By: Frank Herbert", ""), ()),
        (LINE.replace("Frank Herbert", ""), ()),
    ],
)
def test_any_number_of_authors_is_read(line: str, authors: tuple[str, ...]) -> None:
    found = read_announcement(line)
    assert found is not None
    assert found.claims.authors == authors
    assert found.claims.title == "Dune: Book One"
    assert found.id == "123456"


@pytest.mark.parametrize(
    "title",
    [
        "Stand By: Me",
        "Link: A Story (Part 1)",
        "Size: Matters Not",
        "Category: Unknown",
        "The Book (Series, #1)",
        "By: The Sea",
    ],
)
def test_labels_and_brackets_in_a_title_stay_in_it(title: str) -> None:
    found = read_announcement(LINE.replace("Dune: Book One", title))
    assert found is not None
    assert found.claims.title == title
    assert found.claims.authors == ("Frank Herbert",)


def test_brackets_in_a_category_are_kept() -> None:
    found = read_announcement(LINE.replace("Science Fiction", "History (Ancient)"))
    assert found is not None
    assert found.category == "Audiobooks - History (Ancient)"


@pytest.mark.parametrize(
    ("end", "vip", "freeleech"),
    [("", False, False), (" VIP", True, False), (" | VIP | Freeleech", True, True), (" [FL]", False, True)],
)
def test_marks_at_the_end_are_read(end: str, vip: bool, freeleech: bool) -> None:
    found = read_announcement(LINE.replace("Frank Herbert", "VIP Author") + end)
    assert found is not None
    assert (found.vip, found.freeleech) == (vip, freeleech)


def test_the_word_vip_in_a_title_is_no_mark() -> None:
    found = read_announcement(LINE.replace("Dune: Book One", "The VIP Room"))
    assert found is not None
    assert not found.vip


def test_several_formats_and_colours_of_chat_are_read() -> None:
    found = read_announcement("\x0304,01" + LINE.replace("( m4b )", "\x02( m4b, mp3 )\x0f"))
    assert found is not None
    assert found.claims.formats == ("m4b", "mp3")


@pytest.mark.parametrize(
    ("category", "content"),
    [
        ("Ebooks - Fantasy", Content.EBOOK),
        ("E-Books - Fantasy", Content.EBOOK),
        ("Musicology - Sheet Music", Content.OTHER),
    ],
)
def test_the_category_tells_the_content(category: str, content: Content) -> None:
    found = read_announcement(LINE.replace("Audiobooks - Science Fiction", category))
    assert found is not None
    assert found.content is content


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Server back online",
        "New Torrent:",
        "New Torrent: By: Category: ( )",
        "Category: ( x )",
        "New Torrents soon",
    ],
)
def test_other_lines_announce_nothing(line: str) -> None:
    assert read_announcement(line) is None


@given(st.text(max_size=300) | st.lists(st.sampled_from(LINE.split(" ")), max_size=30).map(" ".join))
def test_any_line_is_read(line: str) -> None:
    found = read_announcement(line)
    assert found is None or found.claims.title


@pytest.mark.parametrize("piece", ["By: ", "( ", " Size: (", "x", "Link: http://"])
def test_no_line_hangs(piece: str) -> None:
    begin = time.process_time()
    read_announcement("New Torrent: a " + piece * 20_000)
    assert time.process_time() - begin < 1

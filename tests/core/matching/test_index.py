from __future__ import annotations

from audiobook_daemon import Book, Release, SeriesPlace
from audiobook_daemon.matching.index import BookIndex

BOOKS = (
    Book("The Left Hand of Darkness", ("Ursula K. Le Guin",)),
    Book("The Tombs of Atuan", ("Ursula K. Le Guin",), series=(SeriesPlace("Earthsea", "2"),)),
    Book("The Farthest Shore", ("Ursula K. Le Guin",), series=(SeriesPlace("Earthsea", "3"),)),
    Book("Dune", ("Frank Herbert",), series=(SeriesPlace("Dune", "1"),)),
    Book("Dune Messiah", ("Frank Herbert",), series=(SeriesPlace("Dune", "2"),)),
    Book("Northern Lights", ("Philip Pullman",), aliases=("The Golden Compass",)),
    Book("Das Parfum", ("Patrick Süskind",), language="de"),
    *(Book(f"The Book of Number {number}", (f"Author Number{number}",)) for number in range(2_000)),
)
INDEX = BookIndex(BOOKS)


def matched(title: str, *authors: str) -> str | None:
    match = INDEX.match(Release("mam", "1", title, authors), BOOKS.__getitem__)
    if match is None or match.identity.score < 0.97 or match.lead < 1:
        return None
    return match.book.title


def test_a_release_finds_its_book_among_all() -> None:
    assert matched("Ursula K. Le Guin - The Left Hand of Darkness [M4B]") == "The Left Hand of Darkness"
    assert matched("Le.Guin.Ursula.K.-.Earthsea.02.-.The.Tombs.of.Atuan.mp3") == "The Tombs of Atuan"
    assert matched("The Golden Compass", "Philip Pullman") == "Northern Lights"
    assert matched("DAS PARFUM", "Patrick Suskind") == "Das Parfum"
    assert matched("The Book of Number 1234", "Author Number1234") == "The Book of Number 1234"


def test_a_title_within_another_is_not_taken_for_it() -> None:
    assert matched("Frank Herbert - Dune Messiah") == "Dune Messiah"
    assert matched("Frank Herbert - Dune") == "Dune"
    assert matched("Frank Herbert - Children of Dune") is None


def test_what_is_not_in_the_catalogue_is_nothing() -> None:
    assert matched("Stephen King - It") is None
    assert matched("The Left Hand of Darkness", "Somebody Else") is None
    assert INDEX.match(Release("mam", "1", "zzz qqq"), BOOKS.__getitem__) is None
    assert INDEX.match(Release("mam", "1", ""), BOOKS.__getitem__) is None


def test_the_likeliest_candidates_come_first_and_are_limited() -> None:
    release = Release("mam", "1", "The Tombs of Atuan", ("Ursula K. Le Guin",))
    assert INDEX.candidates(release)[0] == 1
    assert len(INDEX.candidates(release, 1)) == 1


def test_an_index_is_small_and_knows_its_size() -> None:
    assert len(INDEX) == len(BOOKS)
    assert INDEX.nbytes < 100 * len(BOOKS)
    empty = BookIndex([])
    assert len(empty) == 0
    assert empty.match(Release("mam", "1", "Dune"), BOOKS.__getitem__) is None

"""Values are put into one form, and nothing of worth is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.catalogue.fields import is_blank
from audiobook_daemon.catalogue.markup import kept_markup, plain_text
from audiobook_daemon.catalogue.standardising import Forms, says_nothing_new, standardised
from audiobook_daemon.models import FieldValue, SeriesPlace


def form(**values: FieldValue) -> dict[str, FieldValue]:
    return standardised(values, Forms())


@pytest.mark.parametrize(
    ("given_names", "wanted"),
    [
        (("Merrow, Ada",), ("Ada Merrow",)),
        (("Ada Merrow", "Merrow, Ada", "ada merrow"), ("Ada Merrow",)),
        (("Ada Merrow", "Tom Bexley - translator"), ("Ada Merrow",)),
        (("Ada Merrow (Author)", "Tom Bexley (Foreword)"), ("Ada Merrow",)),
        (("Tom Bexley - editor",), ("Tom Bexley",)),
        (("Ada Merrow and Tom Bexley",), ("Ada Merrow", "Tom Bexley")),
        (("Smith & Sons",), ("Smith & Sons",)),
        (("Homer",), ("Homer",)),
        (("Le Guin, Ursula K.",), ("Ursula K. Le Guin",)),
        (("Martin Luther King, Jr.",), ("Martin Luther King Jr.",)),
    ],
)
def test_authors(given_names: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert form(authors=given_names)["authors"] == wanted


def test_a_narrator_keeps_the_name_whatever_the_role() -> None:
    assert form(narrators=("Una Grey - narrator", "Full Cast"))["narrators"] == ("Una Grey", "Full Cast")


PANES = SeriesPlace("Panes")


@pytest.mark.parametrize(
    ("title", "places", "wanted", "series"),
    [
        ("The Glass Orchard (Unabridged)", (), "The Glass Orchard", ()),
        ("The Glass Orchard - Unabridged", (), "The Glass Orchard", ()),
        ("The Glass Orchard (Panes, Book 2)", (), "The Glass Orchard", (SeriesPlace("Panes", "2"),)),
        ("The Glass Orchard (Panes #2.5) [Unabridged]", (), "The Glass Orchard", (SeriesPlace("Panes", "2.5"),)),
        ("The Glass Orchard: Panes, Book 2", (PANES,), "The Glass Orchard", (SeriesPlace("Panes", "2"),)),
        ("Panes, Book 2: The Glass Orchard", (PANES,), "The Glass Orchard", (SeriesPlace("Panes", "2"),)),
        (
            "The Glass Orchard (Panes #3)",
            (SeriesPlace("Panes", "2"),),
            "The Glass Orchard",
            (SeriesPlace("Panes", "2"),),
        ),
        ("Orchard 451", (), "Orchard 451", ()),
        ("1984", (), "1984", ()),
        ("Panes, Book 1", (), "Panes, Book 1", ()),
        ("Unabridged", (), "Unabridged", ()),
        ("An Abridged Life", (), "An Abridged Life", ()),
    ],
)
def test_titles(title: str, places: tuple[SeriesPlace, ...], wanted: str, series: tuple[SeriesPlace, ...]) -> None:
    found = form(title=title, **({"series": places} if places else {}))
    assert (found["title"], found.get("series", ())) == (wanted, series)


def test_a_series_in_the_subtitle_is_a_series() -> None:
    found = form(title="The Glass Orchard", subtitle="Panes, Book 2")
    assert found["series"] == (SeriesPlace("Panes", "2"),)


@pytest.mark.parametrize(
    ("subtitle", "idle"),
    [
        ("Panes, Book 2", True),
        ("Book 2", True),
        ("Unabridged", True),
        ("Panes", True),
        ("The Glass Orchard", True),
        ("A Novel", False),
        ("The Story of a Gardener", False),
    ],
)
def test_a_subtitle_that_only_repeats_is_known_as_such(subtitle: str, idle: bool) -> None:
    assert says_nothing_new(subtitle, "The Glass Orchard", (SeriesPlace("Panes", "2"),)) is idle


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plain   text.", "Plain text."),
        ("One.\n\nTwo\nlines.", "<p>One.</p><p>Two<br>lines.</p>"),
        ("<div>A <strong>b</strong> &amp; <em>c</em></div>", "<p>A <b>b</b> &amp; <i>c</i></p>"),
        ("<p>One<p>Two", "<p>One</p><p>Two</p>"),
        ("<ul><li>x<li>y</ul>", "<ul><li>x</li><li>y</li></ul>"),
        ("A<script>alert(1)</script>B", "AB"),
        ("<a href='javascript:steal()'>A</a> tale", "A tale"),
        ('<a href="https://ok.example/x" onclick="no()">A</a>', '<a href="https://ok.example/x">A</a>'),
        ("<p></p><p> <br> </p><p>A tale.</p>", "<p>A tale.</p>"),
        ("A tale.\n\n©2010 Somebody (P)2011 Somebody Else", "<p>A tale.</p>"),
        ("A tale.\n\nVisit www.site.example.com for more!", "<p>A tale.</p>"),
        ("<p>See her run.</p><p>See Rome and live.</p>", "<p>See her run.</p><p>See Rome and live.</p>"),
        ("© 2010 by nobody at all", "© 2010 by nobody at all"),
    ],
)
def test_descriptions(text: str, wanted: str) -> None:
    assert form(description=text)["description"] == wanted


def test_a_bomb_of_markup_is_defused_in_no_time() -> None:
    assert form(description="<b>" * 5000 + "deep" + "</b>" * 5000)["description"] == "<b>deep</b>"
    assert plain_text("<div>" * 5000 + "deep").strip() == "deep"


@given(st.text(st.sampled_from("<>/&;\"'= abpliu\nhref"), max_size=200))
def test_kept_markup_is_whole_whatever_came_in(text: str) -> None:
    once = kept_markup(text)
    assert kept_markup(once) == once, "what is in form stays as it is"
    assert "<script" not in once


@pytest.mark.parametrize(
    ("genres", "wanted"),
    [
        (("sci-fi", "Science Fiction"), ("Science Fiction",)),
        (("Fiction / Fantasy / General",), ("Fiction", "Fantasy")),
        (("fantasy", "FANTASY", "Audiobook"), ("Fantasy",)),
        (("young adult", "LitRPG"), ("Young Adult", "LitRPG")),
        (("Sword & Sorcery",), ("Sword & Sorcery",)),
    ],
)
def test_genres(genres: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert form(genres=genres)["genres"] == wanted


def test_people_may_call_genres_otherwise_drop_them_and_say_how_many() -> None:
    forms = Forms(genres={"Epic Fantasy": "Fantasy", "romance": ""}, most_genres=2)
    found = standardised({"genres": ("epic fantasy", "Romance", "Fantasy", "Crime", "Horror")}, forms)
    assert found["genres"] == ("Fantasy", "Crime")


def test_only_the_named_steps_are_taken() -> None:
    values: dict[str, FieldValue] = {"authors": ("Merrow, Ada",), "genres": ("sci-fi",), "title": "A (Unabridged)"}
    assert standardised(values, Forms(steps=("genres",))) == values | {"genres": ("Science Fiction",)}


texts = st.text(max_size=60).filter(lambda text: not is_blank(text))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "title": texts,
            "subtitle": texts,
            "description": texts,
            "authors": st.tuples(texts, texts),
            "narrators": st.tuples(texts),
            "genres": st.tuples(texts, texts),
        },
    )
)
def test_nothing_becomes_blank_whatever_is_put_in(values: dict[str, FieldValue]) -> None:
    found = standardised(values, Forms())
    assert set(found) >= set(values)
    assert not any(is_blank(found[name]) for name in values)

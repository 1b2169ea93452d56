"""Our questions in the site's words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audiobook_daemon import ChartRequest, Query, SeriesPlace
from audiobook_plugins.mam.categories import category_numbers, tag_name
from audiobook_plugins.mam.languages import language_code, language_numbers
from audiobook_plugins.mam.questions import chart_question, search_question, words

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Emma" | @author Austen -film *', "Emma author Austen film"),
        ("Warhawk's Oath", "Warhawk's Oath"),
        ("Warhawk\u2019s Oath", "Warhawk's Oath"),
        ("'quoted' rock'n'roll", "quoted rock'n'roll"),
        ("J.R.R. Tolkien", "J R R Tolkien"),
        ("吾輩は猫である", "吾輩は猫である"),
        ("!!! ... ()", ""),
        ("a\0b", "a b"),
    ],
)
def test_words_without_operators(text: str, expected: str) -> None:
    assert words(text) == expected


USUAL, AUTHOR = ["title", "author", "series"], ["author"]
ANYWHERE = ["title", "author", "narrator", "series", "tags", "description", "filenames"]


@pytest.mark.parametrize(
    ("query", "text", "fields"),
    [
        (Query("Emma", ("Jane Austen", "Somebody")), "Emma Jane Austen", USUAL),
        (
            Query("Mistborn: The Final Empire (Unabridged)", ("Brandon Sanderson",)),
            "Mistborn The Final Empire Brandon Sanderson",
            USUAL,
        ),
        (Query("Emma"), "Emma", USUAL),
        (Query("(Emma)"), "Emma", USUAL),
        (Query("Emma", ("Jane Austen",), SeriesPlace("Classics", "1")), "Emma Jane Austen", USUAL),
        (Query("", ("Ilse Marten",), SeriesPlace("The Archive", "2")), "The Archive Ilse Marten", USUAL),
        (Query("", (), SeriesPlace("The Archive")), "The Archive", USUAL),
        (Query("", ("Jane Austen",)), "Jane Austen", AUTHOR),
        (Query("?!", ("Jane Austen",)), "Jane Austen", AUTHOR),
        (Query("ignored", ("Ignored",), text='lamp @title "x"'), "lamp title x", ANYWHERE),
    ],
)
def test_each_kind_of_question_looks_where_its_words_stand(query: Query, text: str, fields: list[str]) -> None:
    question = search_question(query)
    assert question is not None
    assert (question["text"], question["srchIn"]) == (text, fields)


@pytest.mark.parametrize("query", [Query("?!"), Query("", ("...",)), Query("x", ("Jane Austen",), text="***")])
def test_a_question_without_words_is_none(query: Query) -> None:
    assert search_question(query) is None


def test_a_search_is_for_audiobooks_and_names_no_empty_language() -> None:
    question = search_question(Query("emma"))
    assert question is not None
    assert question["main_cat"] == [13]
    assert "browse_lang" not in question
    assert (search_question(Query("emma", languages=("de",))) or {})["browse_lang"] == [37]


@pytest.mark.parametrize(
    ("codes", "numbers"),
    [
        (("en",), [1]),
        (("es",), [4, 55]),
        (("pt",), [34, 52]),
        (("zh",), [2, 44]),
        (("de", "en"), [1, 37]),
        (("EN", "pt-BR"), [1, 34, 52]),
        (("nb",), [48]),
        (("xx",), []),
        (("en", "xx"), []),
        (("-",), []),
        (("",), []),
        ((), []),
    ],
)
def test_languages(codes: tuple[str, ...], numbers: list[int]) -> None:
    assert language_numbers(codes) == numbers


@pytest.mark.parametrize(
    ("number", "code"), [(1, "en"), (37, "de"), (55, "es"), (65, "cy"), (47, None), (99, None), (0, None), (None, None)]
)
def test_language_codes(number: int | None, code: str | None) -> None:
    assert language_code(number) == code


@pytest.mark.parametrize(
    ("genre", "numbers"),
    [
        ("fantasy", (41,)),
        ("science-fiction", (47,)),
        ("Sci-Fi", (47,)),
        ("science fiction", (47,)),
        ("thriller", (40,)),
        ("Crime & Thriller", (40,)),
        ("Audiobooks - Urban Fantasy", (108,)),
        ("non-fiction", (52,)),
        ("Politics/Sociology/Religion", (58,)),
        ("mystery-thriller", (40, 87)),
        ("all", ()),
        ("no such genre", None),
        ("", None),
    ],
)
def test_genres_by_meaning(genre: str, numbers: tuple[int, ...] | None) -> None:
    assert category_numbers(genre) == numbers


SITE_NAMES = (
    "Action/Adventure|Art|Biographical|Business|Computer/Internet|Crafts|Crime/Thriller|Fantasy|Food|General Fiction|"
    "General Non-Fic|Historical Fiction|History|Home/Garden|Horror|Humor|Instructional|Juvenile|Language|"
    "Literary Classics|Math/Science/Tech|Medical|Mystery|Nature|Philosophy|Pol/Soc/Relig|Recreation|Romance|"
    "Science Fiction|Self-Help|Travel/Adventure|True Crime|Urban Fantasy|Western|Young Adult"
)


def test_every_category_of_the_site_has_its_own_name() -> None:
    numbers = {category_numbers(name) for name in SITE_NAMES.split("|")}
    assert len(numbers) == 35
    assert None not in numbers


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "Action/Adventure"), (10, "Dramatization/Full Cast"), (48, "Accompanying music"), (63, "Military/War")],
)
def test_tags(number: int, name: str) -> None:
    assert tag_name(number) == name


@pytest.mark.parametrize("number", [64, 0, -1, None])
def test_unknown_tags(number: int | None) -> None:
    assert tag_name(number) is None


def test_a_chart_question() -> None:
    question = chart_question(ChartRequest("fantasy", days=7, languages=("es",)), NOW)
    assert question is not None
    assert question["cat"] == [41]
    assert question["sortType"] == "snatchedDesc"
    assert question["startDate"] == str(int(datetime(2026, 2, 22, tzinfo=UTC).timestamp()))
    assert question["browse_lang"] == [4, 55]
    assert "startDate" not in (chart_question(ChartRequest("fantasy", days=None), NOW) or {"startDate": 1})
    assert "cat" not in (chart_question(ChartRequest("all"), NOW) or {"cat": 1})
    assert chart_question(ChartRequest("no such genre"), NOW) is None

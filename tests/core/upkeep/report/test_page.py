"""The page, the Markdown and the JSON: the same figures, nothing from elsewhere, and no word becomes a mark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from audiobook_daemon.upkeep.report.advice import first_steps
from audiobook_daemon.upkeep.report.model import (
    CopyLine,
    DuplicateTable,
    FailureLine,
    FindingTable,
    FoundBook,
    GapTable,
    Month,
    Place,
    Report,
    SeriesBar,
    SeriesPlaceLine,
    Share,
    Totals,
)
from audiobook_daemon.upkeep.report.rendering import FORMATS, render

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOSTILE = (
    '<script>alert(1)</script><img src="http://evil.example/x" onerror=alert(1)>\' "><style>*{}</style> {{ 7 * 7 }} '
    "{% raw %} [a](http://evil.example) `code` | **bold** \u202etxt \x1b[31m\x07 &lt;b&gt; \n# heading <!-- </title>"
)
VOID = frozenset({"meta", "link", "rect", "polygon", "polyline", "img", "br", "input"})
TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "link", "style", "body", "header", "nav", "main", "section", "footer"),
        *("h1", "h2", "h3", "p", "ul", "ol", "li", "a", "b", "i", "bdi", "code", "small", "span", "div"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"),
        *("svg", "rect", "polygon", "polyline"),
    }
)


def report(text: str = "The Salt Road") -> Report:
    """A report in which every text is this one."""
    places = (
        SeriesPlaceLine("1", Place.OWNED, text),
        SeriesPlaceLine("2", Place.MISSING),
        SeriesPlaceLine("3", Place.UNRELEASED, text, "2027-01-01"),
        SeriesPlaceLine(f"? {text}", Place.MISSING, text),
    )
    return Report(
        made=NOW,
        version="1.2.3",
        totals=Totals(12_345, 3, 98_765.4, 5_000_000_000, 77, 66, 55, 81.5, 44, 2, 33, 5, 4),
        buckets={"100": 1, "80-99": 2, "50-79": 3, "0-49": 4},
        tenths=(0, 0, 0, 4, 0, 1, 1, 1, 1, 1, 1),
        lacking=(("cover", 9), ("id", 8)),
        months=(Month("2026-01", 1, 1), Month("2026-02", 0, 1), Month("2026-03", 4, 5)),
        undated=1,
        days=(),
        authors=(Share(text, 3, 30.0), Share(text, 1, 0.0)),
        narrators=(),
        genres=(Share(text, 3, 3.0),),
        formats=((text, 3),),
        languages=((text, 3),),
        series=(SeriesBar(text, (text, text), places, 1, 2, 1, 1, True),),
        series_open=1,
        bibliographies=True,
        gaps=(GapTable(text, text, text, "unreleased", text), GapTable(text, text, None, "wanted", None)),
        findings=(FindingTable("short", "wrong", "Too short", "Look.", 1, (FoundBook(text, text, text),)),),
        duplicates=(DuplicateTable("exact", text, (CopyLine(text, text, text, text, True),)),),
        failures=(FailureLine(text, text, 5, NOW, text),),
    )


EMPTY = Report(
    made=NOW,
    version="1",
    totals=Totals(0, 0, 0.0, 0, 0, 0, 0, None, 0, 0, 0, 0, 0),
    buckets={"100": 0, "80-99": 0, "50-79": 0, "0-49": 0},
    tenths=(0,) * 11,
    lacking=(),
    months=(),
    undated=0,
    days=(),
    authors=(),
    narrators=(),
    genres=(),
    formats=(),
    languages=(),
    series=(),
    series_open=0,
    bibliographies=False,
    gaps=(),
    findings=(),
    duplicates=(),
)


class Page(HTMLParser):
    """Every element and attribute of a page, its text, and whether it is well formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, *names: str) -> Iterator[str]:
        return (value or "" for _, found in self.elements for name, value in found.items() if name in names)


@pytest.mark.parametrize("made", [report(), report(HOSTILE), EMPTY], ids=("usual", "hostile", "empty"))
def test_a_page_is_whole_and_needs_nothing_from_elsewhere(made: Report) -> None:
    page = Page(render(made, "html"))
    assert {tag for tag, _ in page.elements} <= TAGS
    assert all(value.startswith(("#", "data:")) for value in page.values("href", "src", "action", "srcset", "poster"))
    assert [name for _, found in page.elements for name in found if name.startswith("on")] == []
    (policy,) = [found["content"] for tag, found in page.elements if found.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    style = render(made, "html").partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_words_stay_words() -> None:
    text = render(report(HOSTILE), "html")
    assert "<script" not in text
    assert "<img" not in text
    assert text.count("<style>") == 1
    assert {char for char in text if not char.isprintable()} == {"\n", "\u202f"}
    assert "{{ 7 * 7 }}" in "".join(Page(text).words), "a title is no template"
    both = [tag for tag, _ in Page(text).elements], [tag for tag, _ in Page(render(report(), "html")).elements]
    assert both[0] == both[1], "words make no elements"


def test_the_styles_of_bars_come_from_numbers() -> None:
    page = Page(render(report(HOSTILE), "html"))
    assert {value.rstrip("%0123456789.") for value in page.values("style")} == {"width:"}


def test_every_chart_is_told_in_words() -> None:
    page = Page(render(report(), "html"))
    charts = [found for tag, found in page.elements if found.get("role") == "img"]
    assert len(charts) == 3
    assert all(found["aria-label"] for found in charts)
    assert "1 owned; missing: 2, ? The Salt Road; unreleased: 3" in page.values("aria-label")
    assert [tag for tag, found in page.elements if tag == "svg" and found.get("role") != "img"] == []


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = Page(render(report(), "html"))
    ids = list(page.values("id"))
    assert len(set(ids)) == len(ids)
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(ids)


def test_light_and_dark_and_narrow_screens_are_thought_of() -> None:
    text = render(EMPTY, "html")
    for part in ("prefers-color-scheme:dark", "color-scheme:light dark", "max-width:40rem", "width=device-width"):
        assert part in text
    assert '<html lang="en">' in text


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_the_figures_are_told(form: str) -> None:
    text = render(report(), form)
    for figure in ("12\u202f345", "98\u202f765", "5.0 GB", "33"):
        assert figure in text


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_library_makes_a_report_too(form: str) -> None:
    assert render(EMPTY, form)


def test_json_is_the_report_itself() -> None:
    document = json.loads(render(report(HOSTILE), "json"))
    assert document["totals"]["books"] == 12_345
    assert document["made"] == "2026-03-01T12:00:00+00:00"
    assert document["format"] == 1
    assert document["series"][0]["places"][1] == {"position": "2", "state": "missing", "title": None, "released": None}
    assert document["findings"][0]["books"][0]["title"] == HOSTILE


def test_markdown_knows_no_marks_of_other_people() -> None:
    text = render(report(HOSTILE), "markdown")
    usual = render(report(), "markdown")
    assert "<script" not in text.replace("\\<", "")
    assert len(text.splitlines()) == len(usual.splitlines()), "a title begins no line"
    marked = text.replace("\\\\", "")
    for mark in ("[", "`", "|", "<", "**bold"):
        assert marked.count(mark) - marked.count(f"\\{mark}") == usual.count(mark), mark


def test_what_is_wrong_comes_first() -> None:
    made = report()
    lacking = FindingTable("no_cover", "lacking", "No cover", "Look.", 1000, ())
    hint = FindingTable("ebook_only", "hint", "E-book", "Nothing.", 3, ())
    steps = first_steps(replace(made, findings=(*made.findings, lacking, hint)))
    assert [step.anchor for step in steps] == ["short", "duplicates", "series", "no_cover"]
    assert first_steps(EMPTY) == ()
    on_their_way = replace(made, totals=replace(made.totals, wanted=made.totals.missing_books), findings=())
    assert [step.anchor for step in first_steps(on_their_way)] == ["duplicates"]


def test_long_lists_are_bounded() -> None:
    made = report()
    series = tuple(replace(made.series[0], name=f"Series {number}") for number in range(400))
    long = replace(made.series[0], places=tuple(SeriesPlaceLine(str(n), Place.OWNED) for n in range(900)))
    text = render(replace(made, series=(long, *series), series_open=2_000), "html")
    assert len(text) < 250_000
    assert text.count('<i class="owned"') < 40 + 400

"""The section of the configuration, and how lines of text are read."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from pydantic import ValidationError

from audiobook_daemon import SeriesPlace
from audiobook_plugins.top10.config import Feed, Page, TopTenConfig
from audiobook_plugins.top10.pattern import LONGEST, people, series_place, title_expression

PAGE = {"name": "a", "url": "http://a", "item": "li", "title": "h3", "author": "i"}


def test_defaults() -> None:
    config = TopTenConfig.model_validate({"genres": ["Science Fiction", "Mystery & Crime", "fantasy"]})
    assert config.shares() == (("science-fiction", 10, 7), ("mystery-and-crime", 10, 7), ("fantasy", 10, 7))
    assert config.walk == 100


def test_text_is_read_as_numbers() -> None:
    config = TopTenConfig.model_validate({"genres": {"a": "3", "b": {"count": "4", "days": "all"}}, "days": "30"})
    assert config.shares() == (("a", 3, 30), ("b", 4, None))


def test_pages_and_feeds_are_told_apart() -> None:
    config = TopTenConfig.model_validate({"pages": [PAGE, {"name": "b", "feed": "http://b"}]})
    assert [type(one) for one in config.pages] == [Page, Feed]


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        ({}, "nothing is wished for; give `genres` or `pages`"),
        ({"genres": ["fantasy", "Fantasy"]}, "the genre fantasy stands here twice"),
        ({"genres": ["!"]}, "a genre has no name"),
        ({"genres": {"a": 0}}, "greater than or equal to 1"),
        ({"genres": {"a": 101}}, "less than or equal to 100"),
        ({"genres": {"a": 30}, "walk": 20}, "walk (20) has to be at least the largest count (30)"),
        ({"genres": ["a"], "walk": 501}, "less than or equal to 500"),
        ({"genres": ["a"], "languages": ["english"]}, "pattern"),
        ({"pages": [PAGE, PAGE]}, "the page a stands here twice"),
        ({"pages": [{**PAGE, "item": "li["}]}, "is no CSS selector"),
        ({"pages": [{**PAGE, "url": "a/b"}]}, "write an address such as"),
        ({"pages": [{**PAGE, "url": "file:///etc/passwd"}]}, "write an address such as"),
        ({"pages": [{"name": "a", "feed": "http://a", "item": "li"}]}, "Extra inputs are not permitted"),
        ({"pages": [{"name": "a", "feed": "http://a", "title_pattern": "{author}"}]}, "has no {title}"),
        ({"pages": [{"name": "a", "feed": "http://a", "title_pattern": "{title} {x}"}]}, "has an unknown part {x}"),
        ({"pages": [{"name": "a", "feed": "http://a", "title_pattern": "{title} {title}"}]}, "has {title} twice"),
    ],
)
def test_mistakes(stated: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TopTenConfig.model_validate(stated)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Terry Pratchett", ("Terry Pratchett",)),
        ("by Terry Pratchett & Neil Gaiman", ("Terry Pratchett", "Neil Gaiman")),
        ("Written by: Anna Eins, Bert Zwei and Carla Drei", ("Anna Eins", "Bert Zwei", "Carla Drei")),
        ("Sanderson, Brandon", ("Brandon Sanderson",)),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
        ("Byron Katie; Andy Anders", ("Byron Katie", "Andy Anders")),
        ("Plato", ("Plato",)),
        ("", ()),
    ],
)
def test_people(text: str, names: tuple[str, ...]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Discworld #3", SeriesPlace("Discworld", "3")),
        ("(The Expanse, Book 2.5)", SeriesPlace("The Expanse", "2.5")),
        ("Area 51", SeriesPlace("Area 51")),
        ("Area 51, vol. 2", SeriesPlace("Area 51", "2")),
        (" ", None),
    ],
)
def test_series(text: str, place: SeriesPlace | None) -> None:
    assert series_place(text) == place


def test_a_pattern_is_plain_text_but_for_its_parts() -> None:
    match = title_expression("{title} (by {author}) [{other}]").fullmatch("A.B (by  C) [mp3, 64 kbps]")
    assert match is not None
    assert match.groupdict() == {"title": "A.B", "author": "C"}
    assert title_expression("{title}.{author}").fullmatch("AxB") is None


def test_a_hostile_title_costs_no_time() -> None:
    expression = title_expression("{other} {title} by {author} {other}")
    start = time.process_time()
    expression.fullmatch((" by" * LONGEST)[:LONGEST])
    series_place("( ,;" * LONGEST)
    assert time.process_time() - start < 2


def test_who_reads_no_pages_does_not_load_the_parser() -> None:
    code = (
        "import sys\nfrom audiobook_plugins.top10.config import TopTenConfig\nimport audiobook_plugins.top10\n"
        "TopTenConfig(genres=('fantasy',))\nprint(sorted({'bs4', 'soupsieve'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"

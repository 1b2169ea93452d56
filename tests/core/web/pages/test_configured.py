"""The configuration as the page of the settings shows it."""

from __future__ import annotations

import pytest

from audiobook_daemon.config import Configuration
from audiobook_daemon.config.model import General
from audiobook_daemon.daemon import find_plugins, read_configuration
from audiobook_daemon.web.pages.configured import Section, sections_of, written

_FILE = """\
database: sqlite://state.db
timezone: UTC
log: {level: debug}
web: {listen: "127.0.0.1:8723", keys: [a-secret-that-nobody-may-see]}
plugins:
  shelf: {type: audiobookshelf, url: "http://127.0.0.1:1", token: another-secret-of-ours, library: Books}
jobs:
  hunt: {at: "0 3 * * *", do: [{choose: {limit: 5}}, grab], description: Look for books}
"""


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Section]:
    path = tmp_path_factory.mktemp("configured") / "audiobook-daemon.yaml"
    path.write_text(_FILE)
    configuration: Configuration = read_configuration(path, find_plugins(path, {}), {"TZ": "UTC"})
    return {section.path: section for section in sections_of(configuration)}


def test_every_key_stands_there_once_and_no_secret_does(sections: dict[str, Section]) -> None:
    alone = [line.key for line in sections[""].lines]
    found = [*alone, *(path for path in sections if path and "." not in path)]
    assert sorted(found) == sorted(General.model_fields)
    values = " ".join(line.value for section in sections.values() for line in section.lines)
    assert "secret" not in values
    assert "***" in values


def test_what_differs_from_its_default_is_marked_and_helped_with(sections: dict[str, Section]) -> None:
    log = {line.key: line for line in sections["log"].lines}
    assert (log["level"].value, log["level"].changed) == ("debug", True)
    assert (log["format"].value, log["format"].changed) == ("text", False)
    assert log["format"].help
    assert log["format"].bounds == "one of text, json"
    shelf = {line.key: line for line in sections["plugins.shelf"].lines}
    assert (shelf["type"].value, shelf["type"].changed) == ("audiobookshelf", True)
    assert (shelf["library"].value, shelf["library"].changed) == ("Books", True)
    assert not shelf["enabled"].changed
    assert sections["jobs.hunt"].help == "Look for books"
    assert {line.key: line.value for line in sections["jobs.hunt"].lines}["do"] == "[{choose: {limit: 5}}, grab]"


def test_a_section_that_is_not_in_the_file_is_named_all_the_same(sections: dict[str, Section]) -> None:
    assert sections["mqtt"].lines == ()
    assert sections["mqtt"].help == "Not in the file."


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (3, "3"), ("a b", "a b"), ([], "[]"), ({"a": ["b", False]}, "{a: [b, no]}")],
)
def test_a_value_is_written_as_the_file_has_it(value: object, text: str) -> None:
    assert written(value) == text

"""Files that cannot be read as YAML, and how scalars are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from audiobook_daemon.config import Configuration, InvalidConfiguration, Mistake

Mistakes = Callable[..., list[str]]
Reload = Callable[..., Configuration]


def only_mistake(reload: Reload) -> Mistake:
    with pytest.raises(InvalidConfiguration) as caught:
        reload()
    (mistake,) = caught.value.mistakes
    return mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("log:\n\tlevel: info", "2:1: a tab stands here; YAML is indented with spaces"),
        ("a: b: c", "1:5: a colon stands where none is expected"),
        ("a: *missing", "1:4: text that begins with * is an alias"),
        ("a: @x", "1:4: text that begins with this character has to stand in quotes"),
        ("a: [b, c\nd: e", "2:2: a comma or the closing bracket is missing"),
        ('a: "b\nc: d', "1:4: the quotes that open here are never closed"),
        ('a: "\\d"', "1:6: in double quotes a backslash needs another one"),
        ("a: b\n c: d", "2:3: a colon stands where none is expected"),
        ("a:\n  - b\n c: d", "3:2: the indentation does not fit the lines above"),
        ("a: b\nc\nd: e", "3:1: a line above has no colon"),
        ("a: b\n---\nc: d", "2:1: a second document begins here"),
        ("a: &x 1\nb: &x 2", "2:4: this anchor (&) was given before"),
        ("? [a, b]\n: c", "1:3: a key has to be plain text"),
        ("a: \x01", "1:4: a control character stands here; remove it"),
        ("- a\n- b", "1:1: should be a section of `key: value`"),
        ("", "1:1: the file is empty"),
        ("# nothing but a remark\n", "1:1: the file is empty"),
        ("a: &a [*a]", "1:4: a[0]: an alias leads back into itself"),
        ("a: &a {<<: *a}", "1:4: a: an alias leads back into itself"),
        ("a: &a {<<: [*a]}", "an alias leads back into itself"),
        ("<<: text\n", "1:5: << has to name a section"),
        ('a: "b\u2028"\nc\n', "a line above has no colon"),  # YAML breaks lines there too
    ],
)
def test_syntax_is_explained_at_its_place(mistakes: Mistakes, text: str, expected: str) -> None:
    assert expected in mistakes(text)[0]


@pytest.mark.parametrize(
    "value", ["*hunter2", "&hunter2 &hunter2 x", "!hunter2", "[hunter2", '"hunter2', "@hunter2", "x: hunter2"]
)
def test_a_password_that_is_broken_yaml_is_not_quoted(mistakes: Mistakes, value: str) -> None:
    text = "\n".join(mistakes(f"plugins:\n  client:\n    url: http://a\n    password: {value}\n    username: me\n"))
    assert "hunter2" not in text
    assert "daemon.yaml:4:" in text or "daemon.yaml:5:" in text


def test_many_nested_brackets_are_no_crash(file: Path, reload: Reload) -> None:
    file.write_text("a: " + "[" * 20_000)
    assert only_mistake(reload).message == "it is nested too deeply"


def test_aliases_that_multiply_are_refused(mistakes: Mistakes) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "its aliases unfold to far too much" in mistakes("\n".join(lines))[-1]


def test_merges_that_multiply_are_refused(mistakes: Mistakes) -> None:
    lines = ["a0: &a0 {x: y}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40)]
    assert "its aliases unfold to far too much" in mistakes("\n".join(lines))[-1]


def test_a_missing_file(file: Path, reload: Reload) -> None:
    assert str(only_mistake(reload)) == f"{file}: there is no such file"


def test_a_folder(file: Path, reload: Reload) -> None:
    file.mkdir()
    assert str(only_mistake(reload)) == f"{file}: this is a folder, not a file"


def test_a_huge_file(file: Path, reload: Reload) -> None:
    file.write_bytes(b"# " + b"x" * 1024 * 1024)
    assert "larger than 1024 KiB" in only_mistake(reload).message


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("log: {}\n# Bücher".encode("latin-1"), (2, 4), "this is not UTF-8"),
        ("log: {}".encode("utf-16"), (1, 1), "it is saved as UTF-16"),
    ],
)
def test_another_encoding(file: Path, reload: Reload, content: bytes, place: tuple[int, int], message: str) -> None:
    file.write_bytes(content)
    mistake = only_mistake(reload)
    assert (mistake.line, mistake.column) == place
    assert message in mistake.message


def test_a_byte_order_mark_is_no_mistake(file: Path, reload: Reload) -> None:
    file.write_bytes(b"\xef\xbb\xbfdry_run: yes\n")
    assert reload().dry_run is True


def test_text_stays_what_was_written(configure: Callable[..., Configuration]) -> None:
    text = """\
        choose: {languages: [no, on]}
        mqtt: {username: 12:30, password: 010, client_id: 2001-01-01, base: 1e3}
        plugins:
          list: {genres: [yes, null-and-void, 1_000]}
        """
    found = configure(text)
    assert found.choose.languages == ("no", "on")
    assert found.mqtt is not None
    assert found.mqtt.password is not None
    stated = (found.mqtt.username, found.mqtt.password.get_secret_value(), found.mqtt.client_id, found.mqtt.base)
    assert stated == ("12:30", "010", "2001-01-01", "1e3")
    assert found.instance("list").settings.model_dump()["genres"] == ("yes", "null-and-void", "1_000")


@pytest.mark.parametrize(
    ("written", "value"),
    [("yes", True), ("On", True), ("TRUE", True), ("no", False), ("off", False), ('"false"', False)],
)
def test_switches(configure: Callable[..., Configuration], written: str, value: bool) -> None:
    assert configure(f"dry_run: {written}").dry_run is value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("90s", timedelta(seconds=90)),
        ("5m", timedelta(minutes=5)),
        ("2H", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("1w", timedelta(weeks=1)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30 m", timedelta(minutes=90)),
    ],
)
def test_durations(configure: Callable[..., Configuration], written: str, value: timedelta) -> None:
    assert configure(f"watch: {{stalled_after: {written}}}").watch.stalled_after == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("700MB", 700_000_000), ("15 gb", 15_000_000_000), ("1.5GiB", 1_610_612_736), ("20480000b", 20_480_000)],
)
def test_sizes(configure: Callable[..., Configuration], written: str, value: int) -> None:
    assert configure(f"choose: {{max_size: {written}}}").choose.max_size == value


def test_anchors_and_merges(configure: Callable[..., Configuration]) -> None:
    text = """\
        plugins:
          site: &site {session: a, pace: 1}
          second:
            <<: *site
            type: site
            pace: 3
          third: {<<: [{slots: 4}, *site], type: site}
        """
    found = configure(text)
    settings = [found.instance(name).settings.model_dump() for name in ("site", "second", "third")]
    assert [(one["pace"], one["slots"]) for one in settings] == [(1, 10), (3, 10), (1, 4)]

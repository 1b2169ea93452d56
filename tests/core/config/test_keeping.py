"""The text of a configuration for a backup: readable as before, without any secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.config.conftest import Loader

from audiobook_daemon.config import keep, peek_database, secret_values

SECRETS = ("hunter22", "s3cr3t-key", "abc")


def kept(tmp_path: Path, text: str) -> str | None:
    path = tmp_path / "daemon.yaml"
    path.write_text(text)
    return keep(path, SECRETS).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a: hunter22  # mine\n", "a: SECRET-LEFT-OUT  # mine\n"),
        ("# old: hunter22\na: b\n", "# old: SECRET-LEFT-OUT\na: b\n"),
        ("a: 'Bearer s3cr3t-key'\n", "a: 'Bearer SECRET-LEFT-OUT'\n"),
        ("a: abcdef\n", "a: abcdef\n"),
        ("u: https://me:pass@host/x\n", "u: https://me:SECRET-LEFT-OUT@host/x\n"),
        ("u: https://host/x?apikey=1234&y=2\n", "u: https://host/x?apikey=SECRET-LEFT-OUT&y=2\n"),
        ("a: !secret hunter\nb: !env HOME\n", "a: !secret hunter\nb: !env HOME\n"),
    ],
)
def test_a_secret_that_stands_in_the_file_is_taken_out(tmp_path: Path, text: str, left: str) -> None:
    assert kept(tmp_path, text) == left


@pytest.mark.parametrize(
    "text",
    ['a: "hun\\x74er22"\n', 'a: "hun\\\n  ter22"\n', "a: [b, c\n", "a: \xff\x00\n"],
    ids=["escaped", "in two lines", "not YAML", "not text"],
)
def test_a_file_that_cannot_be_freed_of_secrets_is_left_out(tmp_path: Path, text: str) -> None:
    assert kept(tmp_path, text) is None


def test_names_and_lines_are_told(tmp_path: Path) -> None:
    path = tmp_path / "daemon.yaml"
    path.write_text("a: hunter22\nb: [!secret one, !secret two, !secret one]\nc: {d: !env E, f: !file g}\n")
    found = keep(path, SECRETS)
    assert (found.lines, found.secrets, found.environment, found.files) == ((1,), ("one", "two"), ("E",), ("g",))
    assert keep(tmp_path / "nowhere.yaml", SECRETS).text is None


def test_the_secrets_of_a_configuration_are_those_of_all_its_parts(configure: Loader) -> None:
    configuration = configure(
        """\
        mqtt: {username: me, password: mqtt-password}
        backup: {secrets: encrypt, passphrase: a-passphrase}
        plugins:
          site: {session: a-session}
          client: {url: "http://x", password: a-password}
        """
    )
    assert secret_values(configuration) == {"mqtt-password", "a-passphrase", "a-session", "a-password"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("database: sqlite://state.db\nplugins: {nobody: {}}\n", "sqlite://{}/state.db"),
        ("database: !env MISSING\n", None),
        ("database: nonsense\n", None),
        ("plugins: {mam: {session: !secret lost}}\n", "sqlite:///var/lib/audiobook-daemon/state.db"),
    ],
)
def test_the_database_is_known_while_other_things_are_wrong(tmp_path: Path, text: str, found: str | None) -> None:
    path = tmp_path / "daemon.yaml"
    path.write_text(text)
    assert peek_database(path, {}) == (found.format(tmp_path) if found else None)

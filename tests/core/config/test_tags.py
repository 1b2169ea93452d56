"""Values from secrets.yaml, the environment and other files; and that nobody ever reads them in a message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon.config import Configuration, InvalidConfiguration, describe
from audiobook_daemon.config.tags import safer_mode

Configure = Callable[..., Configuration]
Mistakes = Callable[..., list[str]]

SITE = "plugins:\n  site: {session: %s}\njobs: {hunt: {at: 0 * * * *, do: [choose]}}\n"


def session(found: Configuration) -> str:
    value: str = found.instance("site").settings.model_dump()["session"].get_secret_value()
    return value


def test_a_secret(configure: Configure) -> None:
    found = configure(SITE % "!secret mam", secrets="mam: 0123 abc\n")
    assert session(found) == "0123 abc"
    assert found.warnings == ()


def test_a_variable(configure: Configure) -> None:
    assert session(configure(SITE % "!env MAM", environ={"MAM": "from outside"})) == "from outside"


def test_a_file_beside_the_configuration(configure: Configure, file: Path) -> None:
    file.with_name("session.txt").write_text("  from a file\n\n")
    assert session(configure(SITE % "!file session.txt")) == "from a file"


def test_a_credential_of_systemd(configure: Configure, tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "mam").write_text("from systemd\n")
    found = configure(SITE % "!file credential:mam", environ={"CREDENTIALS_DIRECTORY": str(folder)})
    assert session(found) == "from systemd"


def test_a_number_from_outside(configure: Configure) -> None:
    found = configure("mqtt: {port: !env PORT}", environ={"PORT": "8884"})
    assert found.mqtt is not None
    assert found.mqtt.port == 8884


@pytest.mark.parametrize(
    ("value", "secrets", "expected"),
    [
        ("!secret mam", None, "daemon.yaml:2:19: plugins.site.session: there is no secrets.yaml"),
        (
            "!secret mma",
            "mam: x",
            "2:19: plugins.site.session: secrets.yaml holds no secret of this name; did you mean mam?",
        ),
        ("!secret mam", "mam:", "2:19: plugins.site.session: mam is empty in secrets.yaml"),
        ("!secret mam", "mam: ''", "2:19: plugins.site.session: mam is empty in secrets.yaml"),
        ("!secret mam", "", "2:19: plugins.site.session: secrets.yaml holds no secret of this name"),
        ("!secret ''", "mam: x", "2:19: plugins.site.session: a name is missing after !secret"),
        ("!secret [mam]", "mam: x", "plugins.site.session: a tag (!) fits plain text only"),
        ("!secret mam", "mam: [x]", "secrets.yaml:1:1: mam: a secret has to be plain text"),
        ("!secret mam", "mam: x\nmam: y", "secrets.yaml:2:1: mam: this key was given before, in line 1"),
        ("!secret mam", "- mam", "secrets.yaml:1:1: it has to hold lines of `name: value`"),
        ("!secret mam", "mam: !env X", "secrets.yaml:1:6: mam: text that begins with ! has to stand in quotes"),
        ("!secret mam", 'mam: "x', "secrets.yaml:1:6: the quotes that open here are never closed"),
        ("!env MAM", None, "2:19: plugins.site.session: the environment has no variable of this name"),
        ("!file gone.txt", None, "2:19: plugins.site.session: gone.txt cannot be read (No such file or directory)"),
        ("!file .", None, "cannot be read (Is a directory)"),
        ("!file credential:mam", None, "2:19: plugins.site.session: there are no credentials"),
        ("!token mam", None, "2:19: plugins.site.session: text that begins with ! is a tag"),
    ],
)
def test_what_is_not_there(mistakes: Mistakes, value: str, secrets: str | None, expected: str) -> None:
    (found,) = mistakes(SITE % value, secrets=secrets)
    assert expected in found


def test_a_file_that_is_no_text(mistakes: Mistakes, file: Path) -> None:
    file.with_name("session.bin").write_bytes(b"\xff\xfe\x00")
    assert "session.bin is not text in UTF-8" in mistakes(SITE % "!file session.bin")[0]


def test_a_missing_secret_is_one_mistake_even_where_sections_are_compared(mistakes: Mistakes) -> None:
    assert len(mistakes("web: {listen: '0.0.0.0:80', keys: [!secret api]}", secrets="x: y")) == 1


def test_secrets_open_to_others_are_a_warning(configure: Configure, file: Path, reload: Configure) -> None:
    configure(SITE % "!secret mam", secrets="mam: x")
    secrets = file.with_name("secrets.yaml")
    secrets.chmod(0o644)
    (warning,) = reload().warnings
    assert str(warning).startswith(f"{secrets}: other users of this machine can reach it; run: chmod 6")


@pytest.mark.parametrize(
    ("mode", "owner", "better"),
    [
        (0o600, 1000, None),
        (0o640, 1000, 0o600),
        (0o604, 1000, 0o600),
        (0o600, 0, None),
        (0o640, 0, None),
        (0o644, 0, 0o640),
        (0o660, 0, 0o640),
    ],
)
def test_who_may_read_secrets(mode: int, owner: int, better: int | None) -> None:
    assert safer_mode(0o100000 | mode, owner) == better


def test_a_careless_plugin_does_not_show_a_secret(mistakes: Mistakes) -> None:
    (found,) = mistakes("plugins:\n  client: {url: !secret place}\n", secrets="place: hunter2secret")
    assert "2:17: plugins.client.url: *** is no address" in found


@pytest.mark.parametrize("value", ["hunter2secret", "!secret key", "!env KEY"])
@pytest.mark.parametrize(
    "text",
    [
        "mqtt: {port: %s}",
        "log: {level: %s}",
        "timezone: %s",
        "database: %s",
        "retry: {first: %s}",
        "choose: {languages: [%s]}",
        "web: {listen: %s}",
        "web: {keys: [%s]}",
        "mqtt: {password: %s}",
        "plugin_folders: %s",
        "jobs: {a: {at: %s, do: [grab]}}",
        "plugins: {site: {session: {x: %s}}}",
    ],
)
def test_no_message_holds_what_was_written(configure: Configure, text: str, value: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        configure(text % value, secrets="key: hunter2secret", environ={"KEY": "hunter2secret"})
    shown = "\n".join(f"{error!r} {error}" for error in _chain(caught.value))
    assert "hunter2secret" not in shown


def _chain(error: BaseException | None) -> list[BaseException]:
    return [] if error is None or error.__suppress_context__ else [error, *_chain(error.__cause__ or error.__context__)]


def test_the_view_holds_no_secret(configure: Configure) -> None:
    text = """\
        database: postgresql://me:hunter2secret@db/books
        mqtt: {username: me, password: hunter2secret}
        web: {keys: [hunter2secret-hunter2secret]}
        plugins:
          site: {session: !secret mam}
          client:
            url: "http://me:hunter2secret@host/?key=hunter2secret&a=b"
            password: hunter2secret
            username: !env ME
        jobs:
          a: {at: 0 1 * * *, do: [{grab: {text: !secret mam, note: "say !-hunter2secret"}}], description: !secret mam}
        """
    found = configure(text, secrets="mam: hunter2secret", environ={"ME": "my name"})
    view = str(describe(found))
    assert "hunter2secret" not in view
    assert "my name" not in view
    assert "hunter2secret" not in repr(found.mqtt)
    assert "postgresql://***@db/books" in view
    assert found.secrets == {"hunter2secret", "my name"}

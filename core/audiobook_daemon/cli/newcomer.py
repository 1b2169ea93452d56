"""A daemon for three minutes: nothing but the address and the key of a library server, and nothing left behind."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from audiobook_daemon.errors import AudiobookDaemonError

VARIABLE = "AUDIOBOOKSHELF_TOKEN"
_CONFIGURATION = """\
database: sqlite://state.db
plugins:
  audiobookshelf:
    url: {url}
    token: !env {variable}
{library}jobs: {{}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A library server as the command line names it."""

    url: str
    token_file: Path | None = None
    library: str | None = None


@contextmanager
def temporary_configuration(server: Server) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Yield a configuration that names nothing but the server, and the environment that holds its key."""
    _check(server.url)
    token = _token(server.token_file)
    with TemporaryDirectory(prefix="audiobook-daemon-") as folder:
        path = Path(folder) / "audiobook-daemon.yaml"
        library = f"    library: {json.dumps(server.library)}\n" if server.library else ""
        text = _CONFIGURATION.format(url=json.dumps(server.url), variable=VARIABLE, library=library)
        path.write_text(text, encoding="utf-8")
        yield path, {**os.environ, VARIABLE: token}


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and parts.hostname and url.isprintable()
    except ValueError:
        sound = False
    if not sound or "@" in url or "?" in url or "#" in url:
        raise AudiobookDaemonError("Write the server's address alone, such as http://127.0.0.1:13378.")


def _token(file: Path | None) -> str:
    """The key out of the file, else of the environment, else as a person types it, unseen."""
    if file is not None:
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise AudiobookDaemonError(f"The API key cannot be read from {file}: {error}.") from error
    else:
        token = os.environ.get(VARIABLE, "").strip()
        if not token and sys.stdin.isatty():
            token = click.prompt("API key of Audiobookshelf (Settings, API Keys)", hide_input=True, err=True).strip()
    if not token:
        raise AudiobookDaemonError(f"Name a file with the API key by --token-file, or set {VARIABLE}.")
    return token

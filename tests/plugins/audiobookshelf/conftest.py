"""Audiobookshelf's stand-in over a folder of small books, and the plugin that speaks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

import pytest
from pydantic import SecretStr

from audiobook_daemon import Context, Http
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_plugins.audiobookshelf import Audiobookshelf

KEY = "secret-key-of-root"
READER_KEY = "secret-key-of-a-plain-user"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "audiobooks"
    library.mkdir()
    return library


@pytest.fixture
def put(folder: Path) -> Callable[..., Path]:
    """Place a book: `put("Author/Title", seconds=2)` writes one audio file and returns the book's folder."""

    def write(path: str, seconds: float = 1, tags: AudioTags | None = None) -> Path:
        target = folder / path
        target.mkdir(parents=True, exist_ok=True)
        (target / "book.mp3").write_bytes(make_mp3(seconds, tags or AudioTags()))
        return target

    return write


@pytest.fixture
async def server(folder: Path) -> AsyncIterator[AudiobookshelfStandIn]:
    async with AudiobookshelfStandIn(folder, KEY, reader_key=READER_KEY, seconds_per_book=0) as stand_in:
        yield stand_in


@pytest.fixture
def plugin_for(
    server: AudiobookshelfStandIn, context_for: Callable[..., Context], http: Http
) -> Callable[..., Audiobookshelf]:
    """Make a plugin: `plugin_for()`, or with other settings `plugin_for(library="Books", http=hasty_http)`."""

    def make(
        *,
        token: str = KEY,
        url: str | None = None,
        library: str | None = None,
        paths: Iterable[tuple[Path | str, Path | str]] = (),
        scan_timeout: float = 10,
        poll: float = 0.01,
        http: Http = http,
    ) -> Audiobookshelf:
        config = Audiobookshelf.config_type.model_validate(
            {
                "url": url or server.url,
                "token": SecretStr(token),
                "library": library,
                "paths": [{"remote": str(remote), "local": str(local)} for remote, local in paths],
                "scan_timeout": scan_timeout,
                "poll": poll,
            }
        )
        return Audiobookshelf(config, context_for("shelf", http=http))  # type: ignore[arg-type]

    return make


@pytest.fixture
def plugin(plugin_for: Callable[..., Audiobookshelf]) -> Audiobookshelf:
    return plugin_for()

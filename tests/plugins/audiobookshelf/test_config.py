"""What may stand in the section, and what is told about the rest."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig


def _read(**settings: object) -> AudiobookshelfConfig:
    return AudiobookshelfConfig.model_validate({"url": "http://127.0.0.1:13378", "token": "hunter2", **settings})


def test_address_and_token_are_enough() -> None:
    config = _read(url="https://host/audiobookshelf/")
    assert (config.url, config.library) == ("https://host/audiobookshelf", None)
    assert (config.scan_timeout, config.poll) == (600, 1)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"url": "host:13378"}, "write an address such as"),
        ({"url": "http://host?token=hunter2"}, "write the address alone"),
        ({"paths": [{"remote": "books", "local": "/mnt"}]}, "begins with /"),
        ({"scan_timeout": 0}, "greater than 0"),
        ({"scan_timeout": 10_000}, "less than or equal to 840"),
        ({"libary": "x"}, "Extra inputs"),
    ],
)
def test_mistakes_are_named(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _read(**settings)


def test_the_token_does_not_print() -> None:
    assert "hunter2" not in f"{_read()!r} {_read()}"

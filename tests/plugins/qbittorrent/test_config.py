"""What may stand in the section, and what is told about the rest."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from audiobook_plugins.qbittorrent.config import QBittorrentConfig


def _read(**settings: object) -> QBittorrentConfig:
    return QBittorrentConfig.model_validate({"url": "http://127.0.0.1:8080", **settings})


def test_an_address_alone_is_enough() -> None:
    config = _read()
    assert (config.category, config.tags, config.start_stopped) == ("audiobooks", ("audiobook-daemon",), False)


def test_a_prefix_in_the_address_is_kept() -> None:
    assert _read(url="https://host/qb/").url == "https://host/qb"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"url": "127.0.0.1:8080"}, "write an address such as"),
        ({"url": "ftp://host"}, "write an address such as"),
        ({"url": "http://me:secret@host"}, "have their own keys"),
        ({"username": "me"}, "belong together"),
        ({"password": "secret"}, "belong together"),
        ({"username": "me", "password": "p", "api_key": "k"}, "either api_key"),
        ({"paths": [{"remote": "/d", "local": "d"}]}, "begins with /"),
        ({"paths": [{"remote": "/d"}]}, "Field required"),
        ({"category": ""}, "at least 1 character"),
        ({"catgory": "x"}, "Extra inputs"),
    ],
)
def test_mistakes_are_named(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _read(**settings)


def test_secrets_do_not_print() -> None:
    config = _read(username="me", password="hunter2")
    assert "hunter2" not in f"{config!r} {config}"

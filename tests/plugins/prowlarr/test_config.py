"""The section of an instance: mistakes are told, the key never."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from audiobook_plugins.prowlarr.config import ProwlarrConfig


def config(**settings: object) -> ProwlarrConfig:
    return ProwlarrConfig.model_validate({"key": "secret", **settings})


def test_a_key_is_enough() -> None:
    found = config(key="  secret\n")
    assert found.key.get_secret_value() == "secret"
    assert (found.url, found.categories, found.indexers) == ("http://127.0.0.1:9696", (3030,), ())


def test_a_base_path_is_kept_and_a_slash_at_the_end_is_not() -> None:
    assert config(url=" https://media.example/prowlarr/ ").url == "https://media.example/prowlarr"


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:9696", "ftp://x", "http://", "http://x?apikey=y", "http://me:pw@x", "http://x#top"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValidationError):
        config(url=url)


@pytest.mark.parametrize("key", ["", "  ", "two words", "line\nbreak", "ключ"])
def test_what_is_no_key_is_not_repeated(key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        config(key=key)
    assert not key.strip() or key.strip() not in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [{"categories": []}, {"categories": [7020]}, {"categories": [2999]}, {"categories": [4000]}, {"timeout": 0},
     {"timeout": 500}, {"together": 0}, {"together": 99}, {"apikey": "x"}],
)  # fmt: skip
def test_mistakes_are_told(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        config(**settings)


def test_the_key_is_needed() -> None:
    with pytest.raises(ValidationError):
        ProwlarrConfig.model_validate({})

"""A folder with a configuration, and a catalogue of plugins that exists in these tests only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Protocol

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from audiobook_daemon.config import Configuration, InvalidConfiguration, PluginCatalogue, PluginType, load
from audiobook_daemon.plugin import PluginConfig


class SiteConfig(PluginConfig):
    session: SecretStr
    pace: float = 2.0
    slots: int = Field(10, ge=0)


class Share(PluginConfig):
    count: int = 10
    days: int = 7


class ListConfig(PluginConfig):
    genres: tuple[str, ...] | dict[str, int | Share] = ()
    strict: bool = False


class ClientConfig(PluginConfig):
    url: str
    username: str | None = None
    password: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def _careless(cls, value: str) -> str:
        if not value.startswith("http"):
            raise ValueError(f"{value} is no address")
        return value


class ServerConfig(PluginConfig):
    token: SecretStr


class ChooseArguments(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = 20


def check_cron(expression: str) -> str | None:
    return None if len(expression.split()) == 5 else "a cron time has five fields"


class Loader(Protocol):
    def __call__(
        self, text: str, *, secrets: str | None = None, environ: Mapping[str, str] | None = None
    ) -> Configuration: ...


@pytest.fixture
def catalogue() -> PluginCatalogue:
    return {
        "site": PluginType(SiteConfig, ("Indexer", "ChartSource"), ("account",)),
        "list": PluginType(ListConfig, ("ImportList",)),
        "client": PluginType(ClientConfig, ("DownloadClient",)),
        "server": PluginType(ServerConfig, ("Library",)),
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "daemon.yaml"


@pytest.fixture
def reload(file: Path, catalogue: PluginCatalogue) -> Callable[..., Configuration]:
    """Load the file as it is."""

    def _load(environ: Mapping[str, str] | None = None) -> Configuration:
        return load(
            file,
            catalogue,
            check_cron=check_cron,
            known_actions={"choose": ChooseArguments, "grab": None, "gather": None},
            environ=environ or {"TZ": "UTC"},
        )

    return _load


@pytest.fixture
def configure(file: Path, reload: Callable[..., Configuration]) -> Loader:
    """Write the file (and secrets.yaml) and load it."""

    def _configure(text: str, *, secrets: str | None = None, environ: Mapping[str, str] | None = None) -> Configuration:
        file.write_text(dedent(text), "utf-8")
        if secrets is not None:
            path = file.with_name("secrets.yaml")
            path.write_text(dedent(secrets), "utf-8")
            path.chmod(0o600)
        return reload(environ)

    return _configure


@pytest.fixture
def mistakes(configure: Loader, file: Path) -> Callable[..., list[str]]:
    """Load a text that is wrong and return its mistakes without the folder's name."""

    def _mistakes(text: str, *, secrets: str | None = None, environ: Mapping[str, str] | None = None) -> list[str]:
        with pytest.raises(InvalidConfiguration) as caught:
            configure(text, secrets=secrets, environ=environ)
        lines = str(caught.value).split("\n")
        assert lines == [str(mistake) for mistake in caught.value.mistakes]
        return [line.replace(f"{file.parent}/", "") for line in lines]

    return _mistakes

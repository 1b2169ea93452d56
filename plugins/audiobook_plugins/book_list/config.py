"""The section of an instance in the configuration."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    model_validator,
)

from audiobook_daemon import PluginConfig

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def _whole_path(value: Path, info: ValidationInfo) -> Path:
    """A relative path starts at the configuration's folder."""
    folder = (info.context or {}).get("folder")
    path = folder / value.expanduser() if isinstance(folder, Path) else value.expanduser()
    if not path.is_absolute():
        raise ValueError("write the whole path, such as /home/me/to-read.txt")
    return path


def _web_address(value: SecretStr) -> SecretStr:
    address = value.get_secret_value().strip()
    if not _ADDRESS.match(address) or not urlsplit(address).hostname:
        raise ValueError("write an address such as https://example.org/to-read.csv")
    return SecretStr(address)


def _from_text(value: object) -> object:
    """A list may be written as its place alone."""
    if not isinstance(value, str):
        return value
    return {"url" if _ADDRESS.match(value.strip()) else "file": value.strip()}


Count = Annotated[int, Field(ge=1, le=500)]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]


class Section(PluginConfig):
    """The base of the sections here."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Listing(Section):
    """One list: a `file` on this machine, or a `url`."""

    name: str = Field("", max_length=100)
    """What the list is called in the notes of its books; the name of the file if not given."""
    file: Annotated[Path, AfterValidator(_whole_path)] | None = None
    """The path of a file; a relative one starts at the configuration's folder."""
    url: Annotated[SecretStr, AfterValidator(_web_address)] | None = None
    """The address of a file; addresses of shared files let everybody in, so it is never shown."""
    shelf: str | None = Field("to-read", min_length=1)
    """Which shelf or read status of an export is meant; `null` for all. Plain text has none."""
    count: Count | None = None
    """New books; the instance's `count` if not given."""
    language: Language | None = None
    """The language of its books; the instance's if not given."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.file is None) == (self.url is None):
            raise ValueError("give either `file` or `url`")
        return self

    @property
    def called(self) -> str:
        """Its name; of an address no more than cannot be secret."""
        if self.name:
            return self.name
        if self.file is not None:
            return self.file.name
        parts = urlsplit(self.url.get_secret_value() if self.url else "")
        last = parts.path.rpartition("/")[2]
        return last if last.lower().endswith((".csv", ".tsv", ".txt")) else parts.hostname or ""


class BookListConfig(Section):
    """Which lists, and how many new books of each.

    What a list is (an export of Goodreads or StoryGraph, a table with a column Title, or one book a line) is seen from
    its content.
    """

    files: tuple[Annotated[Listing, BeforeValidator(_from_text, json_schema_input_type=str | Listing)], ...] = Field(
        min_length=1
    )
    """Paths and addresses, or sections of `file` or `url` with a `name`, `shelf`, `count` and `language` each."""
    count: Count = 10
    """How many new books of each list are wished for at a time."""
    walk: int = Field(500, ge=1, le=5000)
    """How far down a list we look for books that nobody owns yet."""
    language: Language | None = None
    """The language of the books; the daemon's `choose: languages` if not given."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        names = [one.called.casefold() for one in self.files]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two lists are called {twice[0]}; give each a `name`")
        if (most := max(one.count or self.count for one in self.files)) > self.walk:
            raise ValueError(f"walk ({self.walk}) has to be at least the largest count ({most})")
        return self

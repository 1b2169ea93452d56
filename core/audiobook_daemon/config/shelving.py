"""How books get into the library and out of it again; the docstrings are the help shown in editors."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.templates import FileTemplate, FolderTemplate, read_template
from audiobook_daemon.config.units import Duration, Location, Size

DEFAULT_FOLDER = read_template("{authors}/{series}/{Book position - }{title}{ [asin]}")
"""The form that Audiobookshelf reads back by itself."""


class Shelve(Section):
    """How a finished book gets into the library; the download itself is never changed."""

    folder: FolderTemplate = DEFAULT_FOLDER
    """The book's folder below the library's; `{Book position - }` goes with its text where there is no position."""
    file: FileTemplate = None
    """What its audio files are called, as in `{part - }{title}`; without it they keep their names."""
    longest_name: int = Field(180, ge=40, le=240)
    """The longest name of a folder or file, in bytes; 255 is the most that file systems take."""
    longest_path: int = Field(1000, ge=200, le=3500)
    """The longest way from the library's folder to a file, in bytes; Windows programs may want 200."""

    method: tuple[Literal["hardlink", "reflink", "copy"], ...] = Field(("hardlink", "reflink", "copy"), min_length=1)
    """The ways to try, in this order; what a file system cannot do is passed over."""
    check: Literal["size", "content"] = "content"
    """How a copy is compared with its source before it is shown to the library."""
    sidecars: tuple[Literal["metadata", "cover"], ...] = ()
    """What is put beside the audio: a metadata.json, the cover that came with the download; always copies."""
    keep_free: Size = 1_000_000_000
    """So much stays free on the disks of the downloads and of the library: below, nothing new is grabbed."""
    upgrade: bool = False
    """Whether a better edition may take the place of one you own, which goes to the trash."""
    trash: Duration = timedelta(days=30)
    """How long what was taken out of a library lies in the trash before it is deleted for good."""


class Backup(Section):
    """How what the daemon remembers is kept a second time."""

    folder: Location | None = None
    """Where backups go; `backups` beside the database if not given."""
    keep: int = Field(7, ge=1)
    """How many are kept; the oldest go first."""
    secrets: Literal["exclude", "encrypt"] = "exclude"
    """Whether secrets are left out, or put in encrypted."""
    passphrase: SecretStr | None = None
    """What they are encrypted with; keep it somewhere else too, for without it they cannot be had back."""

    @model_validator(mode="after")
    def _with_passphrase(self) -> Self:
        if self.secrets == "encrypt" and self.passphrase is None:
            raise ValueError("encrypt needs a passphrase beside it: passphrase: !secret backup_passphrase")
        return self

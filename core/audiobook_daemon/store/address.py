"""Reads the `database:` setting: a file path, or a SQLite or PostgreSQL address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from audiobook_daemon.errors import DatabaseError

FORMS = "sqlite:///folder/state.db, a plain path, or postgresql://user@host/name"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is."""

    url: URL
    """For SQLAlchemy, asynchronous driver included."""
    path: Path | None
    """The SQLite file, absolute and without symbolic links; None for PostgreSQL."""

    @property
    def label(self) -> str:
        """How messages name the database; never with a password."""
        if self.path is not None:
            return str(self.path)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def read_address(text: str) -> Address:
    """Read one of `sqlite:///abs/path`, `sqlite:////abs/path`, a plain path, `postgresql://...`.

    A path after `sqlite:///` is always absolute, unlike SQLAlchemy's own reading. Raises DatabaseError for
    anything else.
    """
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _file(Path(text).expanduser(), text)
    if scheme == "sqlite" and rest.startswith("/"):
        return _file(Path("/" + rest.lstrip("/")), text)
    if scheme in {"postgresql", "postgres"}:
        try:
            return Address(make_url(f"postgresql+asyncpg://{rest}"), None)
        except (ArgumentError, ValueError):
            raise DatabaseError(
                f"The database address cannot be read. Write it as postgresql://user:password@host/name, "
                f"with special characters of the password as %XX. Accepted are {FORMS}."
            ) from None
    raise DatabaseError(f"A database address cannot begin with {scheme}://. Accepted are {FORMS}.")


def _file(path: Path, text: str) -> Address:
    if not text.strip() or path.name in {"", ":memory:"}:
        raise DatabaseError(f"The database address {text!r} names no file. Accepted are {FORMS}.")
    path = path.resolve()
    return Address(URL.create("sqlite+aiosqlite", database=str(path)), path)

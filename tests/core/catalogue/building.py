"""Short ways to write copies and works."""

from __future__ import annotations

from typing import Any

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace, Work, WorkKind

AUTHOR = "Maren Holt"
SERIES = "Tidewatch"


def book(title: str, position: str | None = None, *, series: str | None = SERIES, **more: Any) -> Book:  # noqa: ANN401
    places = (SeriesPlace(series, position),) if series else ()
    return Book(title, more.pop("authors", (AUTHOR,)), series=places, **more)


def copy(
    title: str,
    position: str | None = None,
    *,
    item: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401
) -> LibraryItem:
    written = book(title, position, **more)
    return LibraryItem("shelf", f"{title}|{written.series}", written, **(item or {}))


def work(
    title: str,
    position: str | None = None,
    *,
    work: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401
) -> Work:
    known: dict[str, Any] = {"kind": WorkKind.NOVEL} | (work or {})
    return Work(book(title, position, **more), **known)

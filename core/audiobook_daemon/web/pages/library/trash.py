"""What was taken out of the libraries: why, until when it can come back, and the button for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from audiobook_daemon.store import TrashEntry
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.library.adding import sentence_of
from audiobook_daemon.web.pages.parts import Part, part

pages = Pages()
_PATH: Final = "/library/trash"
_LIMIT: Final = 50


class TrashAsked(Asked):
    """From where on."""

    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class EntryAsked(Asked):
    """Which entry."""

    entry: Id


@dataclass(frozen=True, slots=True)
class TrashView:
    """All that the page shows."""

    entries: tuple[TrashEntry, ...]
    """The newest first."""
    size: int
    """Bytes of all that lies there, as far as they are known."""
    part: Part


@pages.shows(_PATH, template="trash.html.j2", title="Trash")
async def show_trash(desk: Desk, asked: TrashAsked) -> Mapping[str, object]:
    """Show what can be put back, what was taken out last first."""
    lying = (await desk.database.trash.lying())[::-1]
    view = TrashView(
        lying[asked.offset : asked.offset + _LIMIT],
        sum(one.size or 0 for one in lying),
        part(_PATH, {}, len(lying), _LIMIT, asked.offset),
    )
    return {"view": view}


@pages.does(f"{_PATH}/{{entry}}/restore")
async def put_back(desk: Desk, asked: EntryAsked) -> Done:
    """Put a book back to where it lay."""
    return Done(sentence_of(await desk.act("put_back", entry=asked.entry)))

"""Books that are owned twice: what tells the copies apart, which one should stay, and what a person says to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.api.beginning import TRIGGER
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.library.adding import sentence_of
from audiobook_daemon.web.pages.library.copies import Group, group_of
from audiobook_daemon.web.pages.parts import Part, address, part
from audiobook_daemon.web.pages.series.listing import Tab

pages = Pages()
_PATH: Final = "/library/duplicates"
_LIMIT: Final = 20
Show = Literal["open", "ignored"]
_TABS: Final[tuple[tuple[Show, str], ...]] = (("open", "To decide"), ("ignored", "Put aside"))


class DuplicatesAsked(Asked):
    """Which groups, and from where on."""

    show: Show = "open"
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class GroupAsked(Asked):
    """Which group."""

    duplicate: Id


class CopyAsked(GroupAsked):
    """Which copy of it."""

    book: Id


@dataclass(frozen=True, slots=True)
class DuplicatesView:
    """All that the page shows."""

    tabs: tuple[Tab, ...]
    now: str
    groups: tuple[Group, ...]
    part: Part


@pages.shows(_PATH, template="duplicates.html.j2", title="Owned twice")
async def show_duplicates(desk: Desk, asked: DuplicatesAsked) -> Mapping[str, object]:
    """Show the copies of each book side by side, the surest groups first."""
    duplicates = desk.database.duplicates
    records = await duplicates.list([asked.show], limit=_LIMIT, offset=asked.offset)
    numbers = {show: await duplicates.count(show) for show, _ in _TABS}
    some = await desk.database.book_lists.some([book for one in records for book in one.books])
    books = {one.id: one for one in some}
    view = DuplicatesView(
        tuple(Tab(address(_PATH, _chosen(show)), name, numbers[show]) for show, name in _TABS),
        address(_PATH, _chosen(asked.show)),
        tuple(group_of(one, books) for one in records),
        part(_PATH, _chosen(asked.show), numbers[asked.show], _LIMIT, asked.offset),
    )
    return {"view": view, "show": asked.show}


@pages.does(f"{_PATH}/look")
async def look_for_duplicates(desk: Desk, asked: Asked) -> Done:
    """Look for books that are owned twice."""
    del asked
    run = await desk.doors.run_action("find_duplicates", {}, TRIGGER)
    return Done(f"The library is looked through now, as run {run}.")


@pages.does(f"{_PATH}/{{duplicate}}/keep")
async def keep_copy(desk: Desk, asked: CopyAsked) -> Done:
    """Keep one copy; the others are second copies."""
    return Done(sentence_of(await desk.act("keep_copy", duplicate=asked.duplicate, book=asked.book)))


@pages.does(f"{_PATH}/{{duplicate}}/ignore")
async def put_aside(desk: Desk, asked: GroupAsked) -> Done:
    """Let books count as no duplicates for good."""
    return Done((await desk.act("ignore_duplicate", duplicate=asked.duplicate)).summary)


@pages.does(f"{_PATH}/{{duplicate}}/count")
async def count_again(desk: Desk, asked: GroupAsked) -> Done:
    """Let them count as duplicates again."""
    return Done((await desk.act("ignore_duplicate", duplicate=asked.duplicate, undo=True)).summary)


def _chosen(show: Show) -> Mapping[str, object]:
    return {} if show == "open" else {"show": show}

"""What waits for a person: each want in review, with its candidates side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from audiobook_daemon.models import WantState
from audiobook_daemon.store import WantFilter, WantOrder
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Pages
from audiobook_daemon.web.pages.parts import Part, part
from audiobook_daemon.web.pages.wanted.story import WantView
from audiobook_daemon.web.pages.wanted.want import story_of

pages = Pages()
_LIMIT: Final = 10


class ReviewAsked(Asked):
    """From where on."""

    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


@dataclass(frozen=True, slots=True)
class ReviewView:
    """All that the page shows."""

    reviews: tuple[WantView, ...]
    """Those that wait longest first."""
    part: Part


@pages.shows("/review", template="review.html.j2", title="Review")
async def show_review(desk: Desk, asked: ReviewAsked) -> Mapping[str, object]:
    """Put before a person what the rules would not decide."""
    meant = WantFilter([WantState.REVIEW])
    waiting, total = await desk.database.want_lists.page(
        meant, order=WantOrder.WAITING, limit=_LIMIT, offset=asked.offset
    )
    reviews = [await story_of(desk, want, events=0) for want in waiting]
    return {"view": ReviewView(tuple(reviews), part("/review", {}, total, _LIMIT, asked.offset))}

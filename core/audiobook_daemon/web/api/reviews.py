"""What waits for a person's decision, side by side with what speaks for and against it."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.models import Release, WantState
from audiobook_daemon.store import WantFilter, WantOrder
from audiobook_daemon.web.answers import Answered, Page, Paging
from audiobook_daemon.web.api.wants import WantAsked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.releases import DecisionTold, decision_told
from audiobook_daemon.web.told.wants import ProposalTold, WantLine, WantTold, want_line, want_told

operations = Operations("reviews", "/reviews")


class ReviewLine(Answered):
    """A book that waits for a person, and what there is to choose among."""

    want: WantLine
    since: datetime
    """When it began to wait."""
    proposals: list[ProposalTold]
    """The best first."""


class Review(Answered):
    """A book that waits for a person, with the evidence."""

    want: WantTold
    since: datetime
    """When it began to wait."""
    shown: int | None = None
    """The number of the candidate that is taken if none is named; null if it is not among them."""
    downloaded: bool
    """Whether it is a finished download that waits, not an offer."""
    decision: DecisionTold | None = None
    """The last search, with every candidate; null for what was not searched for."""


@operations.add("GET", "", example={"limit": 10})
async def list_reviews(desk: Desk, asked: Paging) -> Page[ReviewLine]:
    """List the books that wait for a person's decision, the one that waits longest first."""
    found, total = await desk.database.want_lists.page(
        WantFilter([WantState.REVIEW]), order=WantOrder.WAITING, limit=asked.limit, offset=asked.offset
    )
    lines = [
        ReviewLine.model_validate({"want": want_line(want), "since": want.changed, "proposals": list(want.proposals)})
        for want in found
    ]
    return Page(lines, total, asked.limit, asked.offset)


@operations.add("GET", "/{want_id}", errors=(404,), example={"want_id": 1})
async def get_review(desk: Desk, asked: WantAsked) -> Review:
    """Show one book that waits for a person, with every candidate and its evidence."""
    want = await desk.doors.show_want(asked.want_id)
    if want.state is not WantState.REVIEW:
        raise NotFound(
            f"{want.wish.book.title!r} (want {want.id}) waits for nobody: it is {want.state}.",
            hint="`/api/reviews` lists what waits.",
        )
    decisions = await desk.database.decisions.for_want(want.id, limit=1)
    decision = decision_told(decisions[0]) if decisions else None
    return Review.model_validate(
        {
            "want": want_told(want),
            "since": want.changed,
            "shown": _shown(want.release, decision),
            "downloaded": want.path is not None,
            "decision": decision,
        }
    )


def _shown(release: Release | None, decision: DecisionTold | None) -> int | None:
    if release is None or decision is None:
        return None
    named = ((one.number, one.release) for one in decision.candidates)
    return next((number for number, one in named if (one.source, one.key) == (release.source, release.key)), None)

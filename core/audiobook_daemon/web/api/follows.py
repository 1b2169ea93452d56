"""The series and authors whose books are wanted, owned or not."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from audiobook_daemon.store import Follow
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Asked, Id, Page, Paging
from audiobook_daemon.web.api.changing import number_in
from audiobook_daemon.web.api.follow_values import FollowTold, follow_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.words import Title

operations = Operations("follows", "/follows")
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class FollowListAsked(Paging):
    """Which of them."""

    kind: Literal["series", "author"] | None = None


class FollowAsked(Asked):
    """Which one."""

    follow_id: Id


class FollowRule(Asked):
    """What is followed, and by which rule."""

    kind: Literal["series", "author"]
    name: Title
    author: Title | None = None
    """The author of a series, who tells namesakes apart; of an author the name is enough."""
    narrators: Annotated[tuple[Title, ...], Field(max_length=20)] = ()
    """Preferred readers, the dearest first."""
    languages: Annotated[tuple[Language, ...], Field(max_length=20)] = ()
    """Accepted languages (ISO 639-1); the usual ones if not given."""
    abridged: bool = False
    """Whether abridged recordings will do."""
    dramatised: bool = False
    """Whether dramatisations will do."""
    pace: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """How many books a week are wanted at most."""
    back: bool = True
    """Whether the books that are out already are wanted too, not only those to come."""


@operations.add("GET", "", example={"kind": "series"})
async def list_follows(desk: Desk, asked: FollowListAsked) -> Page[FollowTold]:
    """List what is followed, by kind and name."""
    found = [one for one in await desk.database.follows.all() if asked.kind in {None, one.kind}]
    part = found[asked.offset : asked.offset + asked.limit]
    return Page(list(map(follow_told, part)), len(found), asked.limit, asked.offset)


@operations.add("GET", "/{follow_id}", errors=(404,), example={"follow_id": 1})
async def get_follow(desk: Desk, asked: FollowAsked) -> FollowTold:
    """Tell by which rule a series or an author is followed."""
    return follow_told(await _the_follow(desk, asked.follow_id))


@operations.add(
    "POST",
    "",
    scope=Scope.ACT,
    status=201,
    errors=(409,),
    example={"kind": "series", "name": "The Land of Oz", "author": "L. Frank Baum", "pace": 1},
)
async def follow(desk: Desk, asked: FollowRule) -> FollowTold:
    """Follow a series or an author from now on; done once more, it changes the rule."""
    of_series = asked.kind == "series"
    named = {"series": asked.name, "author": asked.author} if of_series else {"author": asked.name}
    rule = asked.model_dump(mode="json", exclude={"kind", "name", "author"})
    return follow_told(await _the_follow(desk, number_in(await desk.act("follow", **named, **rule))))


@operations.add("DELETE", "/{follow_id}", scope=Scope.ACT, errors=(404, 409), example={"follow_id": 1})
async def unfollow(desk: Desk, asked: FollowAsked) -> FollowTold:
    """Follow it no longer; what is wanted already stays wanted, and what the configuration follows stays followed."""
    found = await _the_follow(desk, asked.follow_id)
    await desk.act("unfollow", follow=asked.follow_id)
    return follow_told(found)


async def _the_follow(desk: Desk, follow_id: int) -> Follow:
    for one in await desk.database.follows.all():
        if one.id == follow_id:
            return one
    raise NotFound(f"Nothing is followed under the number {follow_id}.")

"""What is told of a followed series or author."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from audiobook_daemon.config import Followed
from audiobook_daemon.store import Follow
from audiobook_daemon.web.answers import Answered


class FollowTold(Answered):
    """A series or an author whose books are wanted, owned or not."""

    id: int
    kind: Literal["series", "author"]
    name: str
    author: str | None
    """The author of a followed series, if told."""
    origin: Literal["configuration", "person"]
    """Who says so: what the configuration follows is changed there alone."""
    narrators: list[str]
    """Preferred readers, the dearest first."""
    languages: list[str]
    """Accepted languages; empty means the usual ones."""
    abridged: bool
    dramatised: bool
    pace: int | None
    """How many books a week are wanted at most."""
    back: bool
    """Whether the books that are out already are wanted too."""
    auto_grab: bool
    """Whether they may be downloaded without consent."""
    imported: datetime | None
    """When its catalogue was first taken in."""
    created: datetime | None


def follow_told(follow: Follow) -> FollowTold:
    """Tell of a follow with its rule."""
    rule = Followed.model_validate(dict(follow.rule))
    same = ("id", "kind", "name", "author", "origin", "imported", "created")
    ruled = ("abridged", "dramatised", "pace", "back", "auto_grab")
    return FollowTold.model_validate(
        {
            **{name: getattr(follow, name) for name in same},
            **{name: getattr(rule, name) for name in ruled},
            "narrators": list(rule.narrators),
            "languages": list(rule.languages),
        }
    )

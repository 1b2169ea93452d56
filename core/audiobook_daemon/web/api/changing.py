"""What changing a series or an author by hand asks and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field

from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Standing
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.api.standings import GOODREADS, GOOGLE_BOOKS, standing_values
from audiobook_daemon.web.refusals import BadRequest, Conflict

Total = Annotated[int, Field(ge=1, le=100_000)]
"""How many books there are."""


class DifferenceTold(Answered):
    """A field that is not as it was."""

    field: str
    old: str | int | None
    new: str | int | None


class ForgottenTold(Answered):
    """What was deleted."""

    id: int
    name: str
    comes_back: bool
    """Whether the next recount brings it back, since books of it are owned or it is followed."""


def statements(asked: BaseModel, fields: Mapping[str, str]) -> dict[str, object]:
    """Return the arguments of the action that says all this; what was sent as null is taken back.

    `fields` are the arguments' names by those of the fields. Raises BadRequest if nothing is said.
    """
    said = {argument: getattr(asked, field) for field, argument in fields.items() if field in asked.model_fields_set}
    if not said:
        raise BadRequest(f"There is nothing to change; send {', '.join(fields)}, or some of them.")
    given = {argument: value for argument, value in said.items() if value is not None}
    forget = [argument for argument, value in said.items() if value is None]
    return {**given, **({"forget": forget} if forget else {})}


def changes_between(before: Standing, after: Standing, names: Mapping[str, str]) -> list[DifferenceTold]:
    """Return what is not as it was; `names` are those of the fields in answers, by what they tell."""
    old, new = _told(before), _told(after)
    return [
        DifferenceTold(field=field, old=old[what], new=new[what])
        for field, what in names.items()
        if old[what] != new[what]
    ]


def number_in(outcome: Outcome) -> int:
    """Return the number that an action tells of; raises Conflict if it tells of none."""
    if isinstance(outcome.data, dict) and isinstance(number := outcome.data.get("id"), int):
        return number
    raise Conflict(outcome.summary)


def _told(one: Standing) -> dict[str, str | int | None]:
    values = standing_values(one)
    ids = values["ids"]
    assert isinstance(ids, dict)
    return {
        "name": one.name,
        "author": ", ".join(getattr(one, "authors", ())) or None,
        "total": one.total,
        "goodreads": ids.get(GOODREADS),
        "google_books": ids.get(GOOGLE_BOOKS),
    }

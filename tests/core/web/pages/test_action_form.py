"""The form of an action, and what it is taken for."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field

from audiobook_daemon.actions import Action, Actions
from audiobook_daemon.models import Outcome
from audiobook_daemon.web.pages.action_form import arguments_of, fields_of


async def _act(
    book: Annotated[str, Field(min_length=1)],
    limit: Annotated[int, Field(ge=1, le=9)] | None = None,
    speed: Literal["slow", "fast"] = "slow",
    only: tuple[str, ...] = (),
    force: bool = False,
    careful: bool = True,
) -> Outcome:
    """Do something."""
    raise NotImplementedError


@pytest.fixture
def action() -> Action:
    actions = Actions()
    actions.add("act", _act)
    return actions.get("act")


def test_every_argument_has_a_field_of_its_kind(action: Action) -> None:
    found = {field.name: field for field in fields_of(action)}
    assert {name: field.kind for name, field in found.items()} == {
        "book": "text",
        "limit": "number",
        "speed": "choice",
        "only": "lines",
        "force": "yes",
        "careful": "yes",
    }
    assert [name for name, field in found.items() if field.needed] == ["book"]
    assert (found["limit"].least, found["limit"].most) == (1, 9)
    assert found["speed"].options == ("slow", "fast")


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ({"argument.book": "Dune", "argument.careful": "yes"}, {"book": "Dune"}),
        ({"argument.book": "Dune"}, {"book": "Dune", "careful": False}),
        ({"argument.force": "yes", "argument.careful": "yes"}, {"force": True}),
        ({"argument.only": "mam  prowlarr", "argument.careful": "yes"}, {"only": ["mam", "prowlarr"]}),
        ({"book": "Dune", "argument.unknown": "x", "argument.careful": "yes"}, {}),
    ],
)
def test_only_what_differs_is_given(action: Action, sent: dict[str, object], taken: dict[str, object]) -> None:
    assert arguments_of(action, sent) == taken

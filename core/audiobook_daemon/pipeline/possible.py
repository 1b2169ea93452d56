"""What a person may say to a want as it stands, so that nobody is offered what would be refused; pure."""

from __future__ import annotations

from collections.abc import Iterator

from audiobook_daemon.models import Want, WantState

REJECTABLE = frozenset({WantState.REVIEW, WantState.WANTED, WantState.CHOSEN})
ACCEPTABLE = REJECTABLE | {WantState.GIVEN_UP}
"""In these states a candidate of the last search can be accepted, by its number."""
SEARCHABLE = frozenset({WantState.WANTED, WantState.REVIEW})
REVIVABLE = frozenset({WantState.DROPPED, WantState.GIVEN_UP, WantState.OWNED})


def possible(want: Want) -> tuple[str, ...]:
    """The actions that a want takes without a candidate's number, in the order in which one would offer them."""
    return tuple(_possible(want))


def _possible(want: Want) -> Iterator[str]:
    state = want.state
    if state is WantState.REVIEW and want.release is not None:
        yield from ("accept", "reject")
    if state in SEARCHABLE:
        yield "search_again"
    if state in REVIVABLE:
        yield "revive"
    if state in REJECTABLE:
        yield "give_up"
    if state not in {WantState.SHELVED, WantState.DROPPED}:
        yield "drop"
    if state is WantState.SHELVED:
        yield "undo"

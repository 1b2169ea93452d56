"""How many books stand in which state."""

from __future__ import annotations

from collections.abc import Mapping

from typing_extensions import TypedDict

from audiobook_daemon.models import WantState
from audiobook_daemon.mqtt.documents.shape import described


@described
class WantsDocument(TypedDict):
    """Books on their way, counted by state."""

    wanted: int
    """Looked for, or waiting until they are looked for again."""
    review: int
    """Waiting for a person's decision; see `approvals`."""
    chosen: int
    """A release is chosen and about to be grabbed."""
    downloading: int
    """With the download client."""
    downloaded: int
    """Complete and about to be checked."""
    verified: int
    """Checked and about to be shelved."""
    shelved: int
    """Ever shelved by the daemon."""
    owned: int
    """Wished for and found in the library."""
    given_up: int
    """No longer looked for; they can be revived."""
    dropped: int
    """No longer wanted."""
    open: int
    """All with something left to do, from `wanted` to `verified`."""


def wants_document(counts: Mapping[WantState, int]) -> WantsDocument:
    """Count the wants of every state; `open` are those with something left to do."""
    return {
        "wanted": counts.get(WantState.WANTED, 0),
        "review": counts.get(WantState.REVIEW, 0),
        "chosen": counts.get(WantState.CHOSEN, 0),
        "downloading": counts.get(WantState.DOWNLOADING, 0),
        "downloaded": counts.get(WantState.DOWNLOADED, 0),
        "verified": counts.get(WantState.VERIFIED, 0),
        "shelved": counts.get(WantState.SHELVED, 0),
        "owned": counts.get(WantState.OWNED, 0),
        "given_up": counts.get(WantState.GIVEN_UP, 0),
        "dropped": counts.get(WantState.DROPPED, 0),
        "open": sum(counts.get(state, 0) for state in WantState if state.open),
    }

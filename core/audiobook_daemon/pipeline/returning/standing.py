"""How a want stands before, during and after a book is taken out of a library; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from audiobook_daemon.models import Replaced, Want, WantState
from audiobook_daemon.pipeline.engine import entering, next_candidate
from audiobook_daemon.pipeline.returning.exchange import Exchange, Kind
from audiobook_daemon.store import WantChanges

UNDONE = "undone"
RESTORED = "restored"
UPGRADING = "upgrading"
UPGRADED = "upgraded"
BOTH = "both_stand"
"""The better edition stands in the library, and the one it was to replace could not be taken out."""
KEPT = "kept"
"""Nothing better was found."""
LOOK_AGAIN = timedelta(days=30)
"""After so long a better edition is looked for once more, where that is done without a person."""


def after(want: Want, kind: Kind, exchange: Exchange, item: str | None) -> WantChanges | None:
    """What is said of a want when an exchange was carried out; None if it stands right or belongs to a person.

    `item` is the library item that came back.
    """
    coming, leaving = exchange.coming, exchange.leaving
    if kind is Kind.UPGRADE:
        if want.state is not WantState.SHELVED or want.code == UPGRADED or leaving is None:
            return None
        reason = (
            f"It took the place of {leaving.folder}, which lies in the trash; what people have heard of that stays "
            f"with its item in {leaving.library}."
        )
        return WantChanges(code=UPGRADED, reason=reason)
    if kind is Kind.UNDO:
        if leaving is None or want.state is not WantState.SHELVED or want.folder != leaving.folder:
            return None
        if exchange.before and want.replaces is not None:
            reason = f"The better edition was taken out again; it lies in the trash, in {leaving.place}."
            changes = where_it_was(want, UNDONE, reason)
            if item:
                changes["item"] = item
            return changes
        reason = f"A person took it out; it lies in the trash, in {leaving.place}."
        changes = entering(WantState.DROPPED, UNDONE, reason)
        changes["folder"], changes["replaces"] = None, None
        return changes
    if coming is None or want.state not in {WantState.DROPPED, WantState.GIVEN_UP}:
        return None
    changes = entering(WantState.SHELVED, RESTORED, f"It came back from the trash to {coming.folder}.")
    changes["folder"], changes["library"], changes["item"] = coming.folder, coming.library, item
    return changes


def replaced_by(want: Want, item_folder: str, library: str, item: str) -> Replaced:
    """What a want stands for now, kept while a better edition is looked for."""
    if want.state is not WantState.SHELVED:
        return Replaced(library, item, item_folder, WantState.OWNED)
    return Replaced(
        library,
        item,
        item_folder,
        WantState.SHELVED,
        want.release,
        want.client,
        want.download,
        want.torrent_files,
        want.selection,
        want.path,
    )


def looked_for_again(replaced: Replaced, reason: str) -> WantChanges:
    """The changes that send a want for a book that is there back to choosing."""
    changes = next_candidate(UPGRADING, reason)
    changes["attempts"], changes["replaces"] = 0, replaced
    changes["library"], changes["item"] = replaced.library, replaced.item
    return changes


def where_it_was(want: Want, code: str, reason: str, look_again: datetime | None = None) -> WantChanges:
    """The changes that let a want stand for what it stood for before a better edition was looked for."""
    before = want.replaces
    assert before is not None
    changes = entering(before.state, code, reason)
    changes["next_try"] = look_again
    return WantChanges(
        **changes,
        release=before.release,
        client=before.client,
        download=before.download,
        torrent_files=before.torrent_files,
        selection=before.selection,
        path=before.path,
        folder=before.folder,
        library=before.library,
        item=before.item,
        replaces=None,
        approved=False,
    )

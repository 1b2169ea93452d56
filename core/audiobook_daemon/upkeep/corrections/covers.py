"""A cover may take the place of another one only if it is larger, which shows when the library has it."""

from __future__ import annotations

import base64
import binascii

from audiobook_daemon.catalogue.pictures import is_larger
from audiobook_daemon.pipeline.inscribing import COVER, Inscribed
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.house import House


async def without_smaller_cover(house: House, book: BookRef, written: Inscribed) -> Inscribed:
    """Give the old cover back if the new one is not surely larger; what else was written stays."""
    if not any(change.field == COVER for change in written.done):
        return written
    correction = await house.database.corrections.get(written.correction)
    old = _picture(correction.before.get(COVER)) if correction else None
    if correction is None or old is None:
        return written
    words = await house.world.host.ask_one(book.library, Library.snapshot, item=book.item, cover=True)
    new = _picture(words.get(COVER))
    if new is not None and is_larger(new, old):
        return written
    fields = {COVER: correction.before[COVER]}
    await house.world.host.ask_one(book.library, Library.restore, item=book.item, fields=fields)
    done = tuple(change for change in written.done if change.field != COVER)
    if done:
        await house.database.corrections.applied(correction.id, correction.after or {}, unchanged=[COVER])
    else:
        await house.database.corrections.failed(correction.id, "The new cover is no larger than the old one.")
    return Inscribed(written.correction, done, written.item, written.refusal)


def _picture(words: object) -> bytes | None:
    """A picture out of the library's words; None if they hold none."""
    if not isinstance(words, str):
        return None
    try:
        return base64.b64decode(words, validate=True)
    except (binascii.Error, ValueError):
        return None

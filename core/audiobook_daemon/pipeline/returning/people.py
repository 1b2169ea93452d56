"""What people have written about a book in the library."""

from __future__ import annotations

from audiobook_daemon.models import Want
from audiobook_daemon.pipeline.world import World


async def edited_fields(world: World, want: Want) -> tuple[str, ...]:
    """The fields of a want's library item that belong to a person."""
    book_id = await world.database.books.id_of(want.library or "", want.item or "")
    if book_id is None:
        return ()
    fields = await world.database.facts.fields_of(book_id)
    return tuple(sorted(name for name, field in fields.items() if field.guarded))

"""What a person says of a book beside its metadata."""

from __future__ import annotations

from sqlalchemy import update

from audiobook_daemon.models import BookStatus
from audiobook_daemon.store.connections import Connections
from audiobook_daemon.store.tables import books


class BookNotes:
    """Keeps how a person wants a book to be treated, and where it is said to come from; no sync changes it."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def put(
        self,
        book_id: int,
        *,
        status: BookStatus | None = None,
        import_source: str | None = None,
        metadata_source: str | None = None,
    ) -> None:
        """Write down what is given; what is None stays as it is."""
        given = {"status": status, "import_source": import_source, "metadata_source": metadata_source}
        values = {name: value for name, value in given.items() if value is not None}
        statement = update(books).where(books.c.id == book_id).values(**values)
        if values:
            await self._connections.write(lambda connection: connection.execute(statement))

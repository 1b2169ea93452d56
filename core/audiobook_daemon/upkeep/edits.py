"""What a person says of a book, read into values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.catalogue.wording import read_value
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import BookStatus, FieldValue, SeriesPlace
from audiobook_daemon.store import BookRef, Database


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said beside the metadata; None leaves what there is."""

    status: BookStatus | None = None
    import_source: str | None = None
    metadata_source: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person says of a book."""

    values: Mapping[str, FieldValue]
    """By field."""
    runtime: float | None = None
    """Seconds; a library finds it in the files."""
    notes: Notes = Notes()

    @property
    def all_values(self) -> Mapping[str, FieldValue]:
        """The values by field, the running time among them."""
        return self.values if self.runtime is None else {**self.values, "runtime": self.runtime}


def read_values(
    said: Mapping[str, str | int | None], number: str | None, places: Sequence[SeriesPlace] = ()
) -> dict[str, FieldValue]:
    """Read what is said by field, None for nothing; `number` is the place in the series, or in the first of `places`.

    Raises AudiobookDaemonError with a sentence.
    """
    values = {field: read_value(field, str(text)) for field, text in said.items() if text is not None}
    if number is None:
        return values
    named = said.get("series")
    if named is not None:
        values["series"] = (SeriesPlace(str(named).strip(), number.strip()),)
    elif places:
        values["series"] = (replace(places[0], position=number.strip()), *places[1:])
    else:
        raise AudiobookDaemonError("It belongs to no series; name the series as well.")
    return values


async def places_of(database: Database, book: BookRef) -> tuple[SeriesPlace, ...]:
    """The series of a book as last seen, with its places in them."""
    owned = await database.book_lists.get(book.id)
    return owned.item.book.series if owned else ()

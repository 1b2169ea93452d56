"""What is put on record of a book's fields: whence each value comes, and what a person has changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audiobook_daemon.catalogue.fields import FIELDS, is_same, values_of_item
from audiobook_daemon.models import LIBRARY, PERSON, BookField, FieldChange, LibraryItem


def with_edits(item: LibraryItem, known: Mapping[str, BookField]) -> dict[str, BookField]:
    """The fields on record, those that hold something else now than we left there being a person's."""
    present = values_of_item(item)
    return {
        name: field
        if name == "cover" or is_same(name, present.get(name), field.value)
        else BookField(name, present.get(name), PERSON, field.locked)
        for name, field in known.items()
    }


def to_keep(
    item: LibraryItem, known: Mapping[str, BookField], changes: Iterable[FieldChange] = ()
) -> tuple[BookField, ...]:
    """What to put on record of an item as it now is, after `changes` were written to it.

    Values without a story are the library's own; they are noted so that an edit of them is seen as one. So are empty
    fields: who fills one is a person.
    """
    present = values_of_item(item)
    done = {change.field: change for change in changes}
    sources = {name: change.source for name, change in done.items()}
    found = [
        BookField(name, value, sources.get(name) or (known[name].source if name in known else LIBRARY))
        for name, value in present.items()
    ]
    # What was asked for and the library did not take, or took away again, must not look like an edit the next time.
    # A cover shows no address; the one it came from is noted, so that it is not fetched again.
    found += [
        BookField(name, change.after if name == "cover" else None, change.source)
        for name, change in done.items()
        if name not in present
    ]
    found += [
        known.get(name) or BookField(name, None, LIBRARY)
        for name in FIELDS
        if name not in present and name not in sources and (name != "cover" or name in known)
    ]
    return tuple(found)

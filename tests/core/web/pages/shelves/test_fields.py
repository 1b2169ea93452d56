"""What a book's page tells of each field: its value, who says so, and who says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audiobook_daemon.models import (
    PERSON,
    Book,
    BookField,
    Correction,
    CorrectionState,
    FieldChange,
    LibraryItem,
    SeriesPlace,
    Statement,
)
from audiobook_daemon.web.pages.library.fields import correction_lines, field_lines

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ITEM = LibraryItem("shelf", "a", Book("Emma", ("Jane Austen",), series=(SeriesPlace("Highbury", "1"),)), ("Ida Voice",))


def test_each_field_is_told_with_its_source_and_whoever_says_otherwise() -> None:
    fields = {"title": BookField("title", "Emma", "audnexus", changed=NOW)}
    stated = (Statement("title", "audnexus", "EMMA", 0.9), Statement("title", "google_books", "Emma: A Novel", 0.41))
    lines = {line.name: line for line in field_lines(ITEM, fields, stated)}
    title = lines["title"]
    assert (title.value, title.source, title.since, title.locked, title.disputed) == (
        "Emma",
        "audnexus",
        NOW,
        False,
        True,
    )
    assert [(one.source, one.weight, one.same) for one in title.said] == [
        ("audnexus", 90, True),
        ("google_books", 41, False),
    ]
    assert (lines["series"].value, lines["narrators"].value) == ("Highbury #1", "Ida Voice")
    assert (lines["publisher"].value, lines["publisher"].source, lines["publisher"].disputed) == (None, None, False)


def test_what_a_person_has_set_is_locked_and_what_no_library_holds_needs_no_lock() -> None:
    fields = {"title": BookField("title", "Emma", PERSON)}
    assert next(iter(field_lines(ITEM, fields, ()))).locked
    by_hand = LibraryItem("", "1", ITEM.book)
    assert [line.lockable for line in field_lines(by_hand, {}, ())] == [False] * len(field_lines(by_hand, {}, ()))


def test_a_text_is_put_into_the_form_whole_with_its_marks() -> None:
    text = f"<p>{'long ' * 100}</p>"
    item = LibraryItem("shelf", "a", Book("Emma"), description=text)
    (line,) = [one for one in field_lines(item, {}, ()) if one.name == "description"]
    assert line.whole == text
    assert line.value
    assert len(line.value) <= 200
    assert "<p>" not in line.value


@pytest.mark.parametrize(
    ("state", "undoable"),
    [
        (CorrectionState.APPLIED, True),
        (CorrectionState.PARTLY_UNDONE, True),
        (CorrectionState.UNDONE, False),
        (CorrectionState.FAILED, False),
        (CorrectionState.PLANNED, False),
    ],
)
def test_only_what_stands_can_be_taken_back(state: CorrectionState, undoable: bool) -> None:
    change = FieldChange("authors", ("J. Austen",), ("Jane Austen",), "audnexus", "It is longer.")
    (line,) = correction_lines([Correction(1, 1, "full", None, state, None, (change,), {}, None, NOW)])
    assert line.undoable is undoable
    (edit,) = line.edits
    assert (edit.label, edit.before, edit.after) == ("Authors", "J. Austen", "Jane Austen")

"""What sort of work a listed title is, where its source does not tell."""

from __future__ import annotations

import pytest

from audiobook_daemon.catalogue.work_kinds import kind_of
from audiobook_daemon.models import Book, SeriesPlace, Work, WorkKind

HOUR = 3600.0


def work(title: str, position: str | None = None, **fields: object) -> Work:
    series = (SeriesPlace("Tide Wardens", position),) if position else ()
    return Work(Book(title, ("Mira Holt",), series=series), "shop", "1", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("listed", "kind"),
    [
        (work("Nine Bells", runtime=1.1 * HOUR), WorkKind.SHORT),
        (work("Nine Bells", runtime=1.1 * HOUR, abridged=True), WorkKind.UNKNOWN),
        (work("Nine Bells", runtime=9 * HOUR), WorkKind.UNKNOWN),
        (work("Nine Bells"), WorkKind.UNKNOWN),
        (work("Nine Bells", "3", runtime=1.1 * HOUR), WorkKind.UNKNOWN),
        (work("Nine Bells", "3.5", runtime=1.1 * HOUR), WorkKind.NOVELLA),
        (work("Nine Bells: A Tide Wardens Short Story", "3.5"), WorkKind.SHORT),
        (work("Nine Bells (Short Story)", kind=WorkKind.NOVEL), WorkKind.SHORT),
        (work("Neun Glocken: Kurzgeschichte"), WorkKind.SHORT),
        (work("Nine Bells: A Novella"), WorkKind.NOVELLA),
        (work("Novella"), WorkKind.UNKNOWN),
        (work("The Short Story Writer", runtime=9 * HOUR), WorkKind.UNKNOWN),
    ],
)
def test_the_kind_of_a_work(listed: Work, kind: WorkKind) -> None:
    assert kind_of(listed) is kind

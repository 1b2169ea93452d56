"""What speaks for a recording beside its title and its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audiobook_daemon.matching import position_key, words
from audiobook_daemon.matching.ids import normal_isbn
from audiobook_daemon.matching.people import person_among
from audiobook_daemon.models import SeriesPlace, Want
from audiobook_daemon.pipeline.verify.tags import Said, confirms


def supports(want: Want, said: Sequence[Said]) -> tuple[str, ...]:
    """The kinds of evidence beside them; none means that it is thin.

    That several indexers offer it is none: they repeat what one uploader wrote.
    """
    return tuple(_kinds(want, said))


def _kinds(want: Want, said: Sequence[Said]) -> Iterator[str]:
    wish, release = want.wish, want.release
    if want.approved:
        yield "person"
    if said and confirms(wish, said[0]):
        yield "tags"
    if any(_ids(want) & one.ids for one in said):
        yield "id"
    if release is None:
        return
    if _ids(want) & {release.asin, normal_isbn(release.isbn or "")}:
        yield "id"
    if any(person_among(name, release.narrators) for name in wish.narrators):
        yield "narrator"
    if _places(wish.book.series) & _places(release.series):
        yield "series"


def _ids(want: Want) -> set[str]:
    book = want.wish.book
    stated = (book.asin, normal_isbn(book.isbn or ""), *book.other_ids, *(normal_isbn(one) for one in book.other_ids))
    return {identity for identity in stated if identity}


def _places(series: Sequence[SeriesPlace]) -> set[tuple[tuple[str, ...], str]]:
    return {(words(place.name), position) for place in series if (position := position_key(place.position))}

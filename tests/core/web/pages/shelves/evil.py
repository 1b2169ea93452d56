"""Puts words that would run in a careless page wherever words of others are kept."""

from __future__ import annotations

from dataclasses import replace

from tests.core.web.openapi.world import AUTHOR_KEY, SERIES_KEY, THEN

from audiobook_daemon.models import (
    Book,
    BookField,
    FieldChange,
    LibraryItem,
    Proposal,
    Release,
    SeriesPlace,
    Stance,
    Statement,
    Verdict,
    WantState,
    Wish,
    Work,
)
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Candidate, Database, Decision, FoundDuplicate, Gap, GapKind, MergeProposal

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}</textarea></title>\u202e"
"""Would run in a page that does not escape it, in an attribute, a text, a template or a field alike."""


async def write_everywhere(database: Database) -> None:
    """Write them into a database that was furnished: book 5, want 8, series 3 and author 3 are theirs."""
    book = Book(EVIL, (EVIL,), EVIL, (SeriesPlace(EVIL, EVIL),), EVIL, 2020, EVIL, EVIL)
    item = LibraryItem(
        "shelf", "evil", book, (EVIL,), 60.0, 1, EVIL, publisher=EVIL, published=EVIL, description=EVIL,
        genres=(EVIL,), tags=(EVIL,), format=EVIL,
    )  # fmt: skip
    await database.books.upsert([keyed(item)])
    await database.facts.put({5: {EVIL: (Statement("title", EVIL, EVIL, 0.5),)}})
    await database.facts.keep(5, [BookField("title", EVIL, EVIL)])
    change = FieldChange("title", EVIL, EVIL, EVIL, EVIL)
    await database.corrections.applied(
        await database.corrections.plan(5, "new", None, {"title": EVIL}, [change]), {"title": EVIL}
    )
    release = Release(
        EVIL, EVIL, EVIL, (EVIL,), (EVIL,), (SeriesPlace(EVIL, EVIL),), EVIL, (EVIL,), page="javascript:alert(3)"
    )
    verdict = Verdict("author", Stance.DOUBT, EVIL, EVIL, "author", -1.0)
    want, _ = await database.wants.add(
        EVIL,
        Wish(book, EVIL, (EVIL,), (EVIL,), note=EVIL),
        state=WantState.REVIEW,
        reason=EVIL,
        release=release,
        proposals=(Proposal(1, EVIL, EVIL, EVIL),),
    )
    assert want.id == 8
    decision = Decision(EVIL, EVIL, (EVIL,), (Candidate(release, (verdict,), 0.5, EVIL),), (EVIL,), None, (book,))
    await database.decisions.add(want.id, decision)
    await database.blocklist.add(want.id, EVIL, EVIL, None, EVIL, EVIL)
    await database.events.add(EVIL, EVIL, want_id=want.id)
    await database.duplicates.record([FoundDuplicate(EVIL, (3, 5), 5, EVIL)])
    await database.trash.add(
        want.id, library=EVIL, item=EVIL, title=EVIL, origin=EVIL, place=EVIL, size=1, reason=EVIL, due=THEN
    )
    await _write_about_standings(database, book)


async def _write_about_standings(database: Database, book: Book) -> None:
    (tides,), (holt,) = await database.series.with_keys([SERIES_KEY]), await database.authors.with_keys([AUTHOR_KEY])
    work = Work(book, EVIL, EVIL, released=EVIL)
    series = replace(tides, id=None, key=EVIL, name=EVIL, authors=(EVIL,), works=(work,), reason=EVIL)
    author = replace(holt, id=None, key=EVIL, name=EVIL, works=(work,), reason=EVIL)
    ids = await database.series.save([series]), await database.authors.save([author])
    for kind, saved in zip((GapKind.SERIES, GapKind.AUTHOR), ids, strict=True):
        gap = Gap(kind, EVIL, EVIL, work, position=EVIL, released=EVIL, reason=EVIL)
        await database.gaps.save([(gap, saved[EVIL])])
    await database.merges.propose([MergeProposal("series", EVIL, SERIES_KEY, EVIL, EVIL)])

"""What sources say of a book, what was corrected about it, and what is wrong with it."""

from __future__ import annotations

from audiobook_daemon.catalogue.findings import CHECKS, flaws
from audiobook_daemon.web.answers import Answered, Page, Paging
from audiobook_daemon.web.api.books.reading import BookAsked, owned_book
from audiobook_daemon.web.api.books.room import operations
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.told.corrections import CorrectionTold, StatementTold
from audiobook_daemon.web.told.owned import FieldTold, provenance_of


class HistoryAsked(BookAsked, Paging):
    """The history of which book."""


class FactsTold(Answered):
    """What is said of a book, and what holds."""

    provenance: dict[str, FieldTold]
    statements: tuple[StatementTold, ...]
    """Field by field, the weightiest first."""


class FlawTold(Answered):
    """Something that is wrong with a book, or lacking."""

    code: str
    grade: str
    """How grave it is."""
    finding: str
    remedy: str
    detail: str | None = None


@operations.add("GET", "/{book_id}/metadata-history", number=6, errors=(404,), example={"book_id": 1})
async def list_book_corrections(desk: Desk, asked: HistoryAsked) -> Page[CorrectionTold]:
    """List everything that was written about a book, the newest first."""
    await owned_book(desk, asked.book_id)
    history, total = await desk.database.corrections.page(asked.limit, asked.offset, asked.book_id)
    return Page([CorrectionTold.of(one) for one in history], total, asked.limit, asked.offset)


@operations.add("GET", "/{book_id}/facts", errors=(404,), example={"book_id": 1})
async def get_book_facts(desk: Desk, asked: BookAsked) -> FactsTold:
    """Tell what every source states about a book, and whose word holds for each field."""
    await owned_book(desk, asked.book_id)
    fields = await desk.database.facts.fields_of(asked.book_id)
    statements = await desk.database.facts.of_book(asked.book_id)
    told = tuple(StatementTold.of(one) for one in statements)
    return FactsTold(provenance=provenance_of(fields), statements=told)


@operations.add("GET", "/{book_id}/findings", errors=(404,), example={"book_id": 1})
async def check_book(desk: Desk, asked: BookAsked) -> list[FlawTold]:
    """Look one book over, and tell what is wrong with it or lacking, the gravest first."""
    owned = await owned_book(desk, asked.book_id)
    editions = (await desk.database.surveys.runtimes([owned.id])).get(owned.id, ())
    found = {one.code: one.detail for one in flaws(owned.item, editions, owned.completeness)}
    return [
        FlawTold(code=one.code, grade=one.grade, finding=one.title, remedy=one.remedy, detail=found[one.code])
        for one in CHECKS
        if one.code in found
    ]

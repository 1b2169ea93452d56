"""Which records are one work: books, their authors, their series, their recordings."""

from audiobook_daemon.matching.works.authors import agreement, choose_person
from audiobook_daemon.matching.works.books import SURE, compare_books, is_same_book
from audiobook_daemon.matching.works.namesakes import PersonRecord, records_of_person
from audiobook_daemon.matching.works.resemblance import resemblance
from audiobook_daemon.matching.works.series import compare_series, series_key
from audiobook_daemon.matching.works.shelves import KnownSeries, main_series, match_series, reading_order

__all__ = [
    "SURE",
    "KnownSeries",
    "PersonRecord",
    "agreement",
    "choose_person",
    "compare_books",
    "compare_series",
    "is_same_book",
    "main_series",
    "match_series",
    "reading_order",
    "records_of_person",
    "resemblance",
    "series_key",
]

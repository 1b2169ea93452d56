"""Pure thinking about which release is which book: no clock, no network, no database."""

from audiobook_daemon.matching.better import could_be_better, why_better
from audiobook_daemon.matching.choice import Candidate, Choice, Rules, choose
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.gates import GateRules, gates, is_derived, no_single_book
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.listed import read_listed_title
from audiobook_daemon.matching.people import same_person, split_people
from audiobook_daemon.matching.prefer import Preference
from audiobook_daemon.matching.text import author_key, book_key, key_beginnings, position_key, title_key, words
from audiobook_daemon.matching.titles import compare_titles
from audiobook_daemon.matching.works import (
    PersonRecord,
    compare_books,
    compare_series,
    is_same_book,
    records_of_person,
    resemblance,
)

__all__ = [
    "Candidate",
    "Choice",
    "GateRules",
    "Likeness",
    "PersonRecord",
    "Preference",
    "Rules",
    "author_key",
    "book_key",
    "choose",
    "compare_books",
    "compare_series",
    "compare_titles",
    "could_be_better",
    "gates",
    "is_derived",
    "is_same_book",
    "key_beginnings",
    "language_code",
    "no_single_book",
    "normal_asin",
    "normal_isbn",
    "position_key",
    "read_listed_title",
    "records_of_person",
    "resemblance",
    "same_person",
    "split_people",
    "title_key",
    "why_better",
    "words",
]

"""Pure thinking about which release is which book: no clock, no network, no database."""

from audiobook_daemon.matching.choice import Candidate, Choice, Rules, choose
from audiobook_daemon.matching.gates import GateRules, gates, is_derived, no_single_book
from audiobook_daemon.matching.prefer import Preference
from audiobook_daemon.matching.text import author_key, book_key, key_beginnings, position_key, title_key, words
from audiobook_daemon.matching.titles import compare_titles
from audiobook_daemon.matching.works import compare_books, compare_series, is_same_book

__all__ = [
    "Candidate",
    "Choice",
    "GateRules",
    "Preference",
    "Rules",
    "author_key",
    "book_key",
    "choose",
    "compare_books",
    "compare_series",
    "compare_titles",
    "gates",
    "is_derived",
    "is_same_book",
    "key_beginnings",
    "no_single_book",
    "position_key",
    "title_key",
    "words",
]

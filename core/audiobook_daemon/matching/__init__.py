"""Pure thinking about which release is which book: no clock, no network, no database."""

from audiobook_daemon.matching.choice import Candidate, Choice, Rules, choose
from audiobook_daemon.matching.gates import GateRules, no_single_book
from audiobook_daemon.matching.identity import is_same_book
from audiobook_daemon.matching.prefer import Preference
from audiobook_daemon.matching.text import author_key, book_key, key_beginnings, title_key

__all__ = [
    "Candidate",
    "Choice",
    "GateRules",
    "Preference",
    "Rules",
    "author_key",
    "book_key",
    "choose",
    "is_same_book",
    "key_beginnings",
    "no_single_book",
    "title_key",
]

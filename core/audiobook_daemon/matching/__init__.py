"""Pure thinking about which release is which book: no clock, no network, no database."""

from audiobook_daemon.matching.choice import Candidate, Choice, Rules, choose
from audiobook_daemon.matching.gates import GateRules, gates, no_single_book
from audiobook_daemon.matching.identity import is_same_book
from audiobook_daemon.matching.text import author_key, book_key, key_beginnings, position_key, title_key, words

__all__ = [
    "Candidate",
    "Choice",
    "GateRules",
    "Rules",
    "author_key",
    "book_key",
    "choose",
    "gates",
    "is_same_book",
    "key_beginnings",
    "no_single_book",
    "position_key",
    "title_key",
    "words",
]

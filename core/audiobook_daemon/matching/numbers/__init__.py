"""Reads numbers as people write them: digits, words, Roman; and positions in a series."""

from audiobook_daemon.matching.numbers.positions import Position, expand, read_positions, same_position
from audiobook_daemon.matching.numbers.roman import roman
from audiobook_daemon.matching.numbers.spoken import spoken_numbers
from audiobook_daemon.matching.numbers.worded import number_word

__all__ = [
    "Position",
    "expand",
    "number_word",
    "read_positions",
    "roman",
    "same_position",
    "spoken_numbers",
]

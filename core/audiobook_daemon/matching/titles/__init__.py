"""What titles say, and whether two of them are one work's."""

from audiobook_daemon.matching.titles.likeness import compare_titles
from audiobook_daemon.matching.titles.reading import TitleReading, read_title
from audiobook_daemon.matching.titles.spelling import tidied
from audiobook_daemon.matching.titles.tokens import Token, joined, significant, tokenise
from audiobook_daemon.matching.titles.vocabulary import is_descriptive

__all__ = [
    "TitleReading",
    "Token",
    "compare_titles",
    "is_descriptive",
    "joined",
    "read_title",
    "significant",
    "tidied",
    "tokenise",
]

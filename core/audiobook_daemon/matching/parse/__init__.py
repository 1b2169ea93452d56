"""Reads what release titles and title texts claim."""

from audiobook_daemon.matching.parse.bare import bare_title
from audiobook_daemon.matching.parse.brackets import Piece, bracket_tags, cut_brackets
from audiobook_daemon.matching.parse.casing import sort_title, title_case
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.content import Content, content_type
from audiobook_daemon.matching.parse.editions import find_edition, read_edition
from audiobook_daemon.matching.parse.numbering import (
    Numbered,
    cut_at_leading_number,
    cut_at_number,
    cut_at_trailing_number,
    plain_position,
    title_number,
    title_range,
)
from audiobook_daemon.matching.parse.release import read_release
from audiobook_daemon.matching.parse.remarks import peel, read_remark
from audiobook_daemon.matching.parse.series import SeriesReading, read_series, read_series_phrase
from audiobook_daemon.matching.parse.titles import is_decoration, split_title

__all__ = [
    "Content",
    "Numbered",
    "Piece",
    "SeriesReading",
    "bare_title",
    "bracket_tags",
    "content_type",
    "cut_at_leading_number",
    "cut_at_number",
    "cut_at_trailing_number",
    "cut_brackets",
    "find_edition",
    "is_decoration",
    "merged",
    "peel",
    "plain_position",
    "read_edition",
    "read_release",
    "read_remark",
    "read_series",
    "read_series_phrase",
    "sort_title",
    "split_title",
    "title_case",
    "title_number",
    "title_range",
]

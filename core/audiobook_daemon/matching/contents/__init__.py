"""Pure thinking about the files of a download: which form one book, in which order, and which book that is."""

from audiobook_daemon.matching.contents.assignment import Fit, GroupMatch, judge_group, match_groups
from audiobook_daemon.matching.contents.audio import AUDIO, AudioFile, is_audio, is_ebook, tag_number
from audiobook_daemon.matching.contents.clutter import is_clutter, is_extra, is_ignored
from audiobook_daemon.matching.contents.collection import is_collection
from audiobook_daemon.matching.contents.folders import is_generic_folder
from audiobook_daemon.matching.contents.group import group_files
from audiobook_daemon.matching.contents.listing import lists_title
from audiobook_daemon.matching.contents.marks import is_disc_name, is_part_name
from audiobook_daemon.matching.contents.order import order_files, order_paths
from audiobook_daemon.matching.contents.packs import FileGroup, find_books
from audiobook_daemon.matching.contents.tracks import check_tracks

__all__ = [
    "AUDIO",
    "AudioFile",
    "FileGroup",
    "Fit",
    "GroupMatch",
    "check_tracks",
    "find_books",
    "group_files",
    "is_audio",
    "is_clutter",
    "is_collection",
    "is_disc_name",
    "is_ebook",
    "is_extra",
    "is_generic_folder",
    "is_ignored",
    "is_part_name",
    "judge_group",
    "lists_title",
    "match_groups",
    "order_files",
    "order_paths",
    "tag_number",
]

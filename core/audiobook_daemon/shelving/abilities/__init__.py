"""What the file systems of downloads and libraries can do, tried with files of our own, and said for people."""

from audiobook_daemon.shelving.abilities.paths import first_missing, judge_mapping
from audiobook_daemon.shelving.abilities.probing import probe_library, probe_pair
from audiobook_daemon.shelving.abilities.values import LibraryDisk, Pair
from audiobook_daemon.shelving.abilities.words import judge_library, judge_pair

__all__ = [
    "LibraryDisk",
    "Pair",
    "first_missing",
    "judge_library",
    "judge_mapping",
    "judge_pair",
    "probe_library",
    "probe_pair",
]

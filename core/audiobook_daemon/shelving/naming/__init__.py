"""Names of folders and files: as people wish them, as libraries read them back, and as every file system takes them."""

from audiobook_daemon.shelving.naming.editions import Edition, edition_of
from audiobook_daemon.shelving.naming.existing import Shelves, free_folder, loose_audio
from audiobook_daemon.shelving.naming.naming import Naming, folder_for
from audiobook_daemon.shelving.naming.parts import part_names
from audiobook_daemon.shelving.naming.safe import folded, safe_name

__all__ = [
    "Edition",
    "Naming",
    "Shelves",
    "edition_of",
    "folded",
    "folder_for",
    "free_folder",
    "loose_audio",
    "part_names",
    "safe_name",
]

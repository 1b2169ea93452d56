"""Names of folders and files: as people wish them, as libraries read them back, and as every file system takes them."""

from audiobook_daemon.shelving.naming.parts import part_names
from audiobook_daemon.shelving.naming.safe import folded, folder_for, safe_name

__all__ = ["folded", "folder_for", "part_names", "safe_name"]

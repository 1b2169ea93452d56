"""A stand-in for Open Library: search, authors, works, editions, covers, and its patience with strangers."""

from audiobook_daemon.demo.open_library.listing import open_library_shelves
from audiobook_daemon.demo.open_library.server import OpenLibraryStandIn
from audiobook_daemon.demo.open_library.shelves import (
    OpenLibraryAuthor,
    OpenLibraryEdition,
    OpenLibraryPlace,
    OpenLibraryShelves,
    OpenLibraryWork,
)

__all__ = [
    "OpenLibraryAuthor",
    "OpenLibraryEdition",
    "OpenLibraryPlace",
    "OpenLibraryShelves",
    "OpenLibraryStandIn",
    "OpenLibraryWork",
    "open_library_shelves",
]

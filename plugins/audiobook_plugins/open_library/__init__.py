"""Open Library: describes works by their printed editions, and lists series and authors; it knows no recordings."""

from audiobook_plugins.open_library.plugin import OpenLibrary

__all__ = ["OpenLibrary"]

"""The library of an Audiobookshelf server."""

from audiobook_plugins.audiobookshelf.plugin import Audiobookshelf

__all__ = ["Audiobookshelf"]

"""A stand-in for Audiobookshelf: true to the recorded answers of version 2.36.0, over a real folder on disk."""

from audiobook_daemon.demo.audiobookshelf.server import AudiobookshelfStandIn

__all__ = ["AudiobookshelfStandIn"]

"""Prowlarr: searches the torrent indexers it manages, and fetches what they offer."""

from audiobook_plugins.prowlarr.plugin import Prowlarr

__all__ = ["Prowlarr"]

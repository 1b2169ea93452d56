"""MyAnonamouse: searches it, ranks its genres and fetches its torrents, by its documented interfaces alone."""

from audiobook_plugins.mam.plugin import MyAnonamouse

__all__ = ["MyAnonamouse"]

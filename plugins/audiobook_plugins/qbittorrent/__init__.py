"""Downloads through qBittorrent 4.5 and later, by its Web API."""

from audiobook_plugins.qbittorrent.plugin import QBittorrent

__all__ = ["QBittorrent"]

"""A stand-in for qBittorrent: the Web API of three generations, and downloads that truly arrive."""

from audiobook_daemon.demo.qbittorrent.server import QBittorrentStandIn

__all__ = ["QBittorrentStandIn"]

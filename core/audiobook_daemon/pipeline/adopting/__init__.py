"""Takes in what the daemon did not find itself: torrents a client has, folders, torrents that people bring."""

from audiobook_daemon.pipeline.adopting.actions import Adopting
from audiobook_daemon.pipeline.adopting.owning import settle_owned

__all__ = ["Adopting", "settle_owned"]

"""The daemon over HTTP: an API with keys, its description, figures for Prometheus, and pages for people."""

from audiobook_daemon.web.lending import Lent, Planned
from audiobook_daemon.web.server import WebServer
from audiobook_daemon.web.settings import Key, WebSettings

__all__ = ["Key", "Lent", "Planned", "WebServer", "WebSettings"]

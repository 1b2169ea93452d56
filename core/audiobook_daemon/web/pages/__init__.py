"""Pages for people: written on the server, kept true by the stream of events, working without any script."""

from audiobook_daemon.web.pages.site import Site

__all__ = ["Site"]

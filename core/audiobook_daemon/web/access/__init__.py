"""Who may come in, and what for."""

from audiobook_daemon.web.access.callers import Caller, Scope

__all__ = ["Caller", "Scope"]

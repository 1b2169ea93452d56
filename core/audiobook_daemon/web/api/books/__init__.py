"""The books one owns: lists, details, covers, what sources say of them, and what people change."""

from audiobook_daemon.web.api.books import changing, covers, facts, reading
from audiobook_daemon.web.api.books.room import operations

__all__ = ["changing", "covers", "facts", "operations", "reading"]

"""Hardcover: describes books and their recordings, lists series and authors, and reads the lists of its user."""

from audiobook_plugins.hardcover.plugin import Hardcover

__all__ = ["Hardcover"]

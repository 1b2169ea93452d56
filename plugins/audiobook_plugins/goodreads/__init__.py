"""Wishes for the books of shelves at Goodreads, through the feed that each shelf has."""

from audiobook_plugins.goodreads.plugin import Goodreads

__all__ = ["Goodreads"]

"""Wishes for the most snatched books of each genre, and for the books of lists on web pages and in feeds."""

from audiobook_plugins.top10.plugin import TopTen

__all__ = ["TopTen"]

"""Wishes for the books of lists in files: exports of Goodreads and StoryGraph, tables, and plain text."""

from audiobook_plugins.book_list.plugin import BookList

__all__ = ["BookList"]

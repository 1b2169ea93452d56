"""Google Books: describes works by their printed editions; it knows no recordings."""

from audiobook_plugins.google_books.plugin import GoogleBooks

__all__ = ["GoogleBooks"]

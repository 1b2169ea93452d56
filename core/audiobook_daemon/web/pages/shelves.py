"""The pages about books: those one owns, those that are missing, and those on their way."""

from __future__ import annotations

from audiobook_daemon.web.pages.library import adding, book, deeds, duplicates, trash
from audiobook_daemon.web.pages.library import listing as library
from audiobook_daemon.web.pages.series import author, authors, gaps, missing, one_series
from audiobook_daemon.web.pages.series import listing as series
from audiobook_daemon.web.pages.wanted import listing as wanted
from audiobook_daemon.web.pages.wanted import review, want

SHELVES = (
    *(review.pages, wanted.pages, want.pages),
    *(library.pages, adding.pages, book.pages, deeds.pages, duplicates.pages, trash.pages),
    *(series.pages, one_series.pages, authors.pages, author.pages, gaps.pages, missing.pages),
)

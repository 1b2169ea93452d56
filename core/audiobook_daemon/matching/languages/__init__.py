"""Tells languages by their codes and names, and titles by their words."""

from audiobook_daemon.matching.languages.codes import find_language, language_code
from audiobook_daemon.matching.languages.foreign import foreign_title

__all__ = ["find_language", "foreign_title", "language_code"]

"""Looks the whole library over; works on the database only, and asks nobody."""

from audiobook_daemon.upkeep.audit.copies import keep
from audiobook_daemon.upkeep.audit.doubles import find_doubles, record_of
from audiobook_daemon.upkeep.audit.figures import figures_of_today
from audiobook_daemon.upkeep.audit.reading import survey_library

__all__ = ["figures_of_today", "find_doubles", "keep", "record_of", "survey_library"]

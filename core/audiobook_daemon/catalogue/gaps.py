"""Finds what is missing from a series or an author."""

from __future__ import annotations

from audiobook_daemon.catalogue.author_gaps import author_gaps
from audiobook_daemon.catalogue.gap_rules import SKIPPED, GapRules, Gaps, LeftOut
from audiobook_daemon.catalogue.series_gaps import series_gaps

__all__ = ["SKIPPED", "GapRules", "Gaps", "LeftOut", "author_gaps", "series_gaps"]

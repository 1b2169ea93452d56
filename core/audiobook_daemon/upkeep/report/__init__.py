"""The report about a library: one page for people, Markdown, and JSON for programs; made from the database alone."""

from audiobook_daemon.upkeep.report.making import make_report
from audiobook_daemon.upkeep.report.model import Report

__all__ = ["Report", "make_report"]

"""The rules by which values are put into one form, each one a step that can be switched off."""

from audiobook_daemon.catalogue.standardising.steps import STEPS, Forms, standardised
from audiobook_daemon.catalogue.standardising.titles import says_nothing_new

__all__ = ["STEPS", "Forms", "says_nothing_new", "standardised"]

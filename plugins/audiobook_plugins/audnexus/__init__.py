"""Audnexus and the Audible catalogue: recordings with their narrators, running times and places in series."""

from audiobook_plugins.audnexus.plugin import Audnexus

__all__ = ["Audnexus"]

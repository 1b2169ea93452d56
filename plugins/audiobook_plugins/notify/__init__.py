"""Tells people what happens, over any of the services that apprise knows."""

from audiobook_plugins.notify.plugin import Notify

__all__ = ["Notify"]

"""The version that runs and the newest, in the words of Home Assistant's update entities."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from audiobook_daemon.doors import Versions
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, described
from audiobook_daemon.mqtt.payloads import shortened

_SUMMARY_LENGTH = 255
"""As much as Home Assistant shows."""
_LONGEST_URL = 1000


@described
class UpdateDocument(TypedDict):
    """The one document without nulls: Home Assistant refuses the whole of it for one."""

    installed_version: str
    """The version that runs."""
    latest_version: str
    """The newest that is known of; the installed one if there is none newer."""
    title: str
    """The name of the program."""
    release_summary: NotRequired[str]
    """What is new; left out if nobody says."""
    release_url: NotRequired[str]
    """Where to read on; left out if nobody says."""


def update_document(versions: Versions) -> UpdateDocument:
    """Say which version runs and which is the newest."""
    document: UpdateDocument = {
        "installed_version": shortened(versions.installed, NAME_LENGTH),
        "latest_version": shortened(versions.latest, NAME_LENGTH),
        "title": "audiobook-daemon",
    }
    if versions.summary:
        document["release_summary"] = shortened(versions.summary, _SUMMARY_LENGTH)
    if versions.url and len(versions.url) <= _LONGEST_URL:
        document["release_url"] = versions.url
    return document

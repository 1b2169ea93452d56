"""The documents that are published: a shape with every key described, and beside it the function that makes it.

Every key is always there, null when unknown. Names carry their units: `_bytes`, `_bps` (bytes per second), `_s`, `_h`,
`_min`; `progress` is percent. No key is called `items`, `keys` or `values`: in Home Assistant's templates those are
methods.
"""

from audiobook_daemon.mqtt.documents.approvals import Approval, ApprovalsDocument, approval_entry, approvals_document
from audiobook_daemon.mqtt.documents.downloads import DownloadsDocument, download_counts, downloads_document
from audiobook_daemon.mqtt.documents.info import API, InfoDocument, info_document
from audiobook_daemon.mqtt.documents.job import (
    JobDocument,
    ProgressDocument,
    RunEntry,
    job_document,
    progress_document,
    run_document,
    seconds_of,
)
from audiobook_daemon.mqtt.documents.library import LibraryDocument, library_document
from audiobook_daemon.mqtt.documents.service import ServiceDocument, service_document, service_state
from audiobook_daemon.mqtt.documents.settings import SettingsDocument, settings_document
from audiobook_daemon.mqtt.documents.shape import MOST_ENTRIES
from audiobook_daemon.mqtt.documents.state import StateDocument, state_document
from audiobook_daemon.mqtt.documents.tracker import TrackerDocument, tracker_document
from audiobook_daemon.mqtt.documents.update import UpdateDocument, update_document
from audiobook_daemon.mqtt.documents.wants import WantsDocument, wants_document

__all__ = [
    "API",
    "MOST_ENTRIES",
    "Approval",
    "ApprovalsDocument",
    "DownloadsDocument",
    "InfoDocument",
    "JobDocument",
    "LibraryDocument",
    "ProgressDocument",
    "RunEntry",
    "ServiceDocument",
    "SettingsDocument",
    "StateDocument",
    "TrackerDocument",
    "UpdateDocument",
    "WantsDocument",
    "approval_entry",
    "approvals_document",
    "download_counts",
    "downloads_document",
    "info_document",
    "job_document",
    "library_document",
    "progress_document",
    "run_document",
    "seconds_of",
    "service_document",
    "service_state",
    "settings_document",
    "state_document",
    "tracker_document",
    "update_document",
    "wants_document",
]

"""Puts finished downloads onto the shelf: plan, stage, publish; the seeding copy is never changed."""

from audiobook_daemon.shelving.files import AUDIO, Located, audio_files, is_audio, locate, natural_key
from audiobook_daemon.shelving.fingerprint import Fingerprint, differences, fingerprints
from audiobook_daemon.shelving.methods import Method, NotPlaced
from audiobook_daemon.shelving.naming import (
    Edition,
    Naming,
    edition_of,
    folder_for,
    free_folder,
    loose_audio,
    part_names,
)
from audiobook_daemon.shelving.plan import SHELVE, STAGING, Plan, Sidecar, Step, make_plan
from audiobook_daemon.shelving.preview import expected_method, objections
from audiobook_daemon.shelving.publishing import Taken, publish
from audiobook_daemon.shelving.sidecars import cover_of, metadata_of
from audiobook_daemon.shelving.staging import Staged, clear, refuse_unsafe, stage

__all__ = [
    "AUDIO",
    "SHELVE",
    "STAGING",
    "Edition",
    "Fingerprint",
    "Located",
    "Method",
    "Naming",
    "NotPlaced",
    "Plan",
    "Sidecar",
    "Staged",
    "Step",
    "Taken",
    "audio_files",
    "clear",
    "cover_of",
    "differences",
    "edition_of",
    "expected_method",
    "fingerprints",
    "folder_for",
    "free_folder",
    "is_audio",
    "locate",
    "loose_audio",
    "make_plan",
    "metadata_of",
    "natural_key",
    "objections",
    "part_names",
    "publish",
    "refuse_unsafe",
    "stage",
]

"""Puts finished downloads onto the shelf: plan, stage, publish; the seeding copy is never changed."""

from audiobook_daemon.shelving.files import AUDIO, Located, audio_files, is_audio, locate, natural_key
from audiobook_daemon.shelving.move import Method, NotPlaced, publish, stage
from audiobook_daemon.shelving.naming import Edition, Naming, edition_of, folder_for, free_folder, part_names
from audiobook_daemon.shelving.plan import Plan, Step, make_plan

__all__ = [
    "AUDIO",
    "Edition",
    "Located",
    "Method",
    "Naming",
    "NotPlaced",
    "Plan",
    "Step",
    "audio_files",
    "edition_of",
    "folder_for",
    "free_folder",
    "is_audio",
    "locate",
    "make_plan",
    "natural_key",
    "part_names",
    "publish",
    "stage",
]

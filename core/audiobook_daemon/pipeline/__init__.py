"""The six verbs a book moves through: gather, choose, grab, watch, verify, shelve."""

from audiobook_daemon.pipeline.abilities import announce_disks, examine_disks
from audiobook_daemon.pipeline.actions import Pipeline, declared
from audiobook_daemon.pipeline.choose import ADOPTED, MANUAL
from audiobook_daemon.pipeline.disks import library_root, space_of
from audiobook_daemon.pipeline.mounts import refuse_unmounted
from audiobook_daemon.pipeline.people import NotPossible, People, UnknownWant
from audiobook_daemon.pipeline.possible import possible
from audiobook_daemon.pipeline.replay import Change, Replayed, replay, summary
from audiobook_daemon.pipeline.review import may_not_be_taken, why, worth
from audiobook_daemon.pipeline.world import Decode, Settings, World

__all__ = [
    "ADOPTED",
    "MANUAL",
    "Change",
    "Decode",
    "NotPossible",
    "People",
    "Pipeline",
    "Replayed",
    "Settings",
    "UnknownWant",
    "World",
    "announce_disks",
    "declared",
    "examine_disks",
    "library_root",
    "may_not_be_taken",
    "possible",
    "refuse_unmounted",
    "replay",
    "space_of",
    "summary",
    "why",
    "worth",
]

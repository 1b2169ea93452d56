"""The six verbs a book moves through: gather, choose, grab, watch, verify, shelve."""

from audiobook_daemon.pipeline.actions import Pipeline, declared
from audiobook_daemon.pipeline.people import NotPossible, People, UnknownWant
from audiobook_daemon.pipeline.world import Decode, Settings, World

__all__ = ["Decode", "NotPossible", "People", "Pipeline", "Settings", "UnknownWant", "World", "declared"]

"""Verify: whether what has arrived is whole, playable, and the wanted book; else the next candidate."""

from audiobook_daemon.pipeline.verify.stage import files_on_disk, verify_download
from audiobook_daemon.pipeline.verify.verdict import RUNTIME_UNKNOWN

__all__ = ["RUNTIME_UNKNOWN", "files_on_disk", "verify_download"]

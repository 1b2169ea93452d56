"""Reads the files about a book that lie beside its audio: `.nfo` texts and `.opf` documents."""

from __future__ import annotations

from audiobook_daemon.matching.parse.sidecar_fields import Sidecar
from audiobook_daemon.matching.parse.sidecar_nfo import read_nfo
from audiobook_daemon.matching.parse.sidecar_opf import read_opf

_LONGEST = 1_000_000


def read_sidecar(text: str, kind: str) -> Sidecar | None:
    """What a file of a kind (`nfo`, `opf`) says; None for broken documents, no claims for empty texts.

    No more than a million characters are read. Raises ValueError for other kinds.
    """
    readers = {"nfo": read_nfo, "opf": read_opf}
    if (reader := readers.get(kind.casefold().lstrip("."))) is None:
        raise ValueError(f"no sidecar file is of the kind {kind!r}")
    return reader(text[:_LONGEST])

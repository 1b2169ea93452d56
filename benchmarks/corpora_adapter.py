"""Binds the functions of `audiobook_daemon.matching` to the kinds of the corpora; it has no rules of its own."""

from __future__ import annotations

from typing import Any

Case = dict[str, Any]

# ---- people, numbers, languages, ids


# ---- release titles and series


# ---- folders, sidecar files, announcements


# ---- files of a torrent, collections, safe names


# ---- identity: titles, series, books, releases

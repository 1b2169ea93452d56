"""In which order the files of a book are read, and whether they leave a doubt about being all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.contents import AudioFile, check_tracks, order_files, tag_number
from audiobook_daemon.pipeline.verify.listening import Track

_DISPUTED = "order_disputed"


@dataclass(frozen=True, slots=True)
class Order:
    """The reading order, and what speaks against it as the end of a sentence, or None."""

    paths: tuple[str, ...]
    doubt: str | None = None


def reading_order(tracks: Sequence[Track]) -> Order:
    """Find the reading order of files that stand in the order of their names.

    Where names that count and track numbers disagree, the names stand: people see them.
    """
    files = [_audio_file(track) for track in tracks]
    doubts = check_tracks(files)
    disputed = any(doubt.code == _DISPUTED for doubt in doubts)
    ordered = files if disputed else order_files(files)
    return Order(tuple(file.path for file in ordered), doubts[0].reason if doubts else _too_few(tracks))


def _too_few(tracks: Sequence[Track]) -> str | None:
    """Whether the files themselves say that there should be more of them."""
    discs = {track.tags.get("disc") for track in tracks}
    totals = {tag_number(track.tags.get("track_total", (None,))[0]) for track in tracks}
    total = totals.pop() if len(totals) == len(discs) == 1 else None
    few = total is not None and 1 < len(tracks) < total
    return f"its files count {total} tracks and are {len(tracks)}" if few else None


def _audio_file(track: Track) -> AudioFile:
    stated = {name: track.tags.get(name, (None,))[0] for name in ("disc", "track", "album", "artist")}
    return AudioFile(
        track.path,
        duration=track.runtime,
        disc=tag_number(stated["disc"]),
        track=tag_number(stated["track"]),
        album=stated["album"],
        author=stated["artist"],
    )

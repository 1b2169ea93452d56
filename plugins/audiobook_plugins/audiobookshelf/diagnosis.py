"""Says in a sentence why a folder did not become the book it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from audiobook_daemon import PluginError, Refused, Unavailable
from audiobook_plugins.audiobookshelf.arrivals import Arrival, audio_in, loose_file, unreadable_for_others
from audiobook_plugins.audiobookshelf.client import Client


async def why_not_taken(client: Client, arrival: Arrival, covering: str | None) -> PluginError:
    """The reason why scans have brought no item; `covering` is the path of one that lies further up."""
    if covering is not None:
        return swallowed(covering, await asyncio.to_thread(loose_file, arrival, ebooks=True))
    scanned = f"Audiobookshelf has scanned its library but holds no item at {arrival.remote}"
    sees = await client.sees(arrival.remote_root, arrival.relative)
    if sees is False:
        return Unavailable(f"{scanned}, for it sees no such folder there: check `paths` and the mounts.")
    audio = await asyncio.to_thread(audio_in, arrival.folder)
    if not audio:
        return Refused(f"{scanned}: there is no audio in {arrival.folder}.", "no_audio")
    if closed := await asyncio.to_thread(unreadable_for_others, arrival):
        return Refused(f"{scanned}: perhaps it may not read {closed}, which is closed to other users.", "unreadable")
    if sees is None:
        return Unavailable(
            f"{scanned}. Does it see the same files (check `paths` and the mounts), and can it read them?"
        )
    return Refused(f"{scanned}: it could read none of the {len(audio)} audio files in it.", "unreadable")


def swallowed(folder: str, loose: Path | None) -> Refused:
    """For a folder below one that is a book itself, because of a file that lies loose in it."""
    because = f", because of {loose}: move that file into a folder of its own" if loose else ""
    return Refused(f"Audiobookshelf takes {folder} and everything below it for one book{because}.", "swallowed")


def fallen_apart(arrival: Arrival, pieces: Sequence[str]) -> Refused:
    """For a folder without audio of its own whose sub-folders became books."""
    return Refused(
        f"Audiobookshelf takes {len(pieces)} folders in {arrival.remote} for books of their own, the first is "
        f"{pieces[0]}: it joins only such as are called CD 1 or Disc 2.",
        "fallen_apart",
    )


def not_whole(arrival: Arrival, unread: Sequence[str], count: int) -> Refused:
    """For an item that lacks audio which the server saw and could not read."""
    named = f"{unread[0]} and {len(unread) - 1} more" if len(unread) > 1 else unread[0]
    return Refused(
        f"Audiobookshelf could not read {len(unread)} of the {count} audio files in {arrival.remote}: {named}.",
        "unreadable",
    )


def behind_after_all(arrival: Arrival) -> Unavailable:
    """For an item that does not have the files of the disk, however often it was scanned."""
    return Unavailable(
        f"Audiobookshelf holds {arrival.remote}, but with other files than are in {arrival.folder}, even after it has "
        "scanned them; check `paths` and the mounts."
    )

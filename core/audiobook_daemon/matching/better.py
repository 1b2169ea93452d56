"""Whether a release is better than the edition one owns; only what is known of both counts, and never a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from audiobook_daemon.matching.prefer import CRITERIA, Grade, Preference
from audiobook_daemon.models import Release, Wish

_KNOWN: dict[str, Callable[[Wish, Release], bool]] = {
    "narrator": lambda _, release: bool(release.narrators),
    "edition": lambda _, release: release.abridged is not None,
    "format": lambda _, release: bool(release.formats),
    "bitrate": lambda wish, release: release.bitrate is not None or bool(release.size and wish.runtimes),
}
"""The criteria that are about the recording, and whether a release says anything of them.

Price, seeders and age are about getting a release, and a language is not better than another one.
"""


def why_better(wish: Wish, offer: Release, owned: Release, preference: Preference) -> str | None:
    """Why a release is better than the owned edition (`m4b instead of mp3`), or None if it is not surely better.

    The weightiest criterion in which the two differ decides. Where one of them says nothing there is no gain.
    """
    for mine, theirs, known in _compared(wish, offer, owned, preference):
        if mine.place > theirs.place:
            return None
        if mine.place < theirs.place and known:
            return f"{mine.said} instead of {theirs.said}"
    return None


def could_be_better(wish: Wish, owned: Release, preference: Preference) -> bool:
    """Whether the preference knows of anything better than the owned edition; if not, nobody need be asked."""
    preference = _of_recordings(preference)
    return any(
        _KNOWN[name](wish, owned) and CRITERIA[name](wish, owned, preference).place > 0 for name in preference.order
    )


def _compared(
    wish: Wish, offer: Release, owned: Release, preference: Preference
) -> tuple[tuple[Grade, Grade, bool], ...]:
    preference = _of_recordings(preference)
    return tuple(
        (
            CRITERIA[name](wish, offer, preference),
            CRITERIA[name](wish, owned, preference),
            _KNOWN[name](wish, offer) and _KNOWN[name](wish, owned),
        )
        for name in preference.order
    )


def _of_recordings(preference: Preference) -> Preference:
    """Words like `anniversary` in a title say nothing about the edition one owns, whose title is the book's."""
    return replace(preference, order=tuple(name for name in preference.order if name in _KNOWN), editions=())

"""Names of folders and packs that hold much of one person's work."""

from __future__ import annotations

from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.names import folded, is_initials
from audiobook_daemon.matching.text import words

_WORKS = frozenset(
    words("""
        collection collections works omnibus omnibuses bibliography anthology anthologies audiobook audiobooks ebook
        ebooks books library discography audiography compilation compendium boxset bundle megapack catalog catalogue
        oeuvre series saga stories novels novellas complete sammlung gesamtwerk werke hörbücher oeuvres intégrale obras
        opere colección raccolta verzameling unabridged mp3 m4b
    """)
)
_KINDS = frozenset(
    words("""
        collected completed selected full entire best all short box set sets pack audio early later great greatest
        gesammelte sämtliche completas complètes
    """)
)
"""Words that belong to those, and mean nothing alone."""
WORK_WORDS = _WORKS | _KINDS
"""All words that may stand beside a name because of its works, folded."""
_LINKS = frozenset({"of", "by", "from", "von", "de", "di", "the", "and"})


def without_works(name: str) -> str:
    """The person in `Stephen King Collection` or `The Complete Works of Jane Austen`; other texts as they are."""
    if WORK_WORDS.isdisjoint(words(name)):
        return name
    pieces = name.split()
    plain = [folded(piece) for piece in pieces]
    start, end = 0, len(pieces)
    while end > 0 and plain[end - 1] in WORK_WORDS:
        end -= 1
    while start < end and (plain[start] in WORK_WORDS or plain[start] in _LINKS):
        start += 1
    if start and plain[start - 1] not in _LINKS:
        start = 0
    taken = {*plain[:start], *plain[end:]}
    if _WORKS.isdisjoint(taken) and not {"box", "set"} <= taken:
        return name
    return _without_possessive(" ".join(pieces[start:end])) if _is_name(pieces[start:end]) else name


def _is_name(pieces: list[str]) -> bool:
    if len(pieces) < 2 or is_initials(pieces[-1]) or pieces[0] in {"A", "I"}:
        return False
    return folded(pieces[0]) in GIVEN_NAMES or is_initials(pieces[0])


def _without_possessive(name: str) -> str:
    return name[:-2] if name.endswith(("'s", "’s")) else name.rstrip("'’")

"""Names of folders and packs that hold much of one person's work."""

from __future__ import annotations

from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.people.names import folded, is_initials
from audiobook_daemon.matching.text import words

_WORKS = frozenset(
    words("""
        collection collections collected complete completed selected works work omnibus omnibuses bibliography anthology
        anthologies audiobook audiobooks ebook ebooks books book library discography audiography compilation compendium
        box boxset set sets bundle pack megapack catalog catalogue oeuvre series saga stories novels novellas short
        full entire best all unabridged mp3 m4b sammlung gesamtwerk werke gesammelte hörbücher hörbuch oeuvres intégrale
        obras completas opere colección raccolta verzameling
    """)
)
_LINKS = frozenset({"of", "by", "from", "von", "de", "di", "the", "and"})


def without_works(name: str) -> str:
    """The person in `Stephen King Collection` or `The Complete Works of Jane Austen`; other texts as they are."""
    pieces = name.split()
    plain = [folded(piece) for piece in pieces]
    start, end = 0, len(pieces)
    while end > 0 and plain[end - 1] in _WORKS:
        end -= 1
    while start < end and (plain[start] in _WORKS or plain[start] in _LINKS):
        start += 1
    if start and plain[start - 1] not in _LINKS:
        start = 0
    if end - start < 2 or (start, end) == (0, len(pieces)) or not _opens_name(pieces[start], plain[start]):
        return name
    return _without_possessive(" ".join(pieces[start:end]))


def _opens_name(piece: str, word: str) -> bool:
    return word in GIVEN_NAMES or (is_initials(piece) and piece not in {"A", "I"})


def _without_possessive(name: str) -> str:
    return name[:-2] if name.endswith(("'s", "’s")) else name.rstrip("'’")

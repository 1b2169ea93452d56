"""The words of titles that say little about which book it is."""

from __future__ import annotations

import re

from audiobook_daemon.matching.text import words

ARTICLES_ABROAD = frozenset(
    words("der das den dem ein eine einen le la les un une el los las lo il gli uno una het een l o os as")
)
"""Articles that a title may go without; not `die`, which is a word of English titles."""

SERIES_WORDS = frozenset(
    words("""
        series saga trilogy duology quartet quintet tetralogy pentalogy cycle sequence novels books reihe serie zyklus
        trilogie tetralogie trilogia cyclus
    """)
)
"""What may follow the name of a series without being part of it."""

ADAPTATIONS = frozenset(words("manga comic comics graphic manhwa webtoon anime light film movie tv"))
"""What follows the name of a series that retells another one."""

PART_WORDS = frozenset(words("part pt teil partie parte deel del"))
"""What precedes the number of a part of one book."""

DIVISIONS = frozenset(
    words("act season episode arc phase stage cycle chapter akt staffel folge saison temporada stagione instalment")
)
"""What a work is divided into: a number behind them is a volume's."""

NOISE = frozenset(
    words("""
        by read narrated written from in on of to for with and or von gelesen par lu audiobook audio book ebook novel
        series vol volume uploaded release edition the a an
    """)
)
"""Words that never tell one book from another when they stand around its title."""

_GENERIC = frozenset(
    words("""
        novel novella memoir memoirs story stories tale tales thriller romance mystery mysteries biography autobiography
        history adventure adventures guide handbook introduction account journey essays essay poems poem play drama
        fable saga roman erzahlung geschichte kriminalroman krimi historischer autobiographie biographie novela relato
        romanzo litrpg gamelit fantasy horror western comedy satire novelette short lessons manual meditations
        investigation confessions diary diaries letters reflections true collection edition text anthology
    """)
)
_OPENINGS = re.compile(
    r"(?:or|oder|ou|o|how|why|what|when|where|who|being|inside|the (?:true |untold |real |secret |inside |amazing )?"
    r"(?:story|history|life|science|art|making|rise|case|power|truth))\b"
)
_MANY_WORDS = 7


def is_descriptive(tail: str, *, by_length: bool = True) -> bool:
    """Whether what follows a title tells what kind of book it is (`A Novel`, `Or, There and Back`), and names none.

    What is very long describes too, unless `by_length` says that it may be a title as well.
    """
    plain = " ".join(words(tail))
    found = plain.split()
    return (
        not found
        or (by_length and len(found) >= _MANY_WORDS)
        or bool(_OPENINGS.match(plain))
        or (len(found) == 2 and found[0] in {"a", "an"})
        or any(word in _GENERIC for word in found)
    )

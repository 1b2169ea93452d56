"""Whether a title is worded in another language than the preferred one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audiobook_daemon.matching.languages.codes import find_language, language_code
from audiobook_daemon.matching.languages.function_words import (
    ENDINGS,
    FUNCTION_WORDS,
    MAKING_WORDS,
    NAME_WORDS,
    VOLUME_WORDS,
)
from audiobook_daemon.matching.languages.scripts import scripts_of
from audiobook_daemon.matching.lexicon.english import COMMON_WORDS
from audiobook_daemon.matching.lexicon.given_names import GIVEN_NAMES
from audiobook_daemon.matching.lexicon.surnames import SURNAMES
from audiobook_daemon.matching.text import words

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ELIDED = re.compile(r"\b([LlDd])['’](?=[^\W\d_]{3})")
_LONGEST = 500
_ENGLISH_ENDINGS = re.compile(r"\w{2,}(?:ing|ed|ness|less|ful|ly|'s|’s|s'|ward|ized|ised|ght)")
_BORROWED = frozenset({
    *("café", "cafés", "cliché", "clichés", "fiancé", "fiancée", "résumé", "exposé", "façade", "déjà", "señor"),
    *("señora", "señorita", "naïve", "passé", "rosé", "protégé", "protégée", "château", "noël", "touché", "à"),
})  # fmt: skip
_ENGLISH_WORDS = COMMON_WORDS - {"die"}
_VOLUMES = re.compile(rf"\b({'|'.join(VOLUME_WORDS)})[. ]{{1,2}}\d{{1,3}}\b", re.IGNORECASE)
_ENOUGH = 1.0


@lru_cache(maxsize=20_000)
def foreign_title(text: str, preferred: str) -> bool:
    """Whether a title is surely in another language than the preferred one (a code or a name); doubt is False."""
    wanted = language_code(preferred) or preferred.casefold()
    text = unicodedata.normalize("NFC", text[:_LONGEST])
    stated = find_language(text)
    if stated is not None:
        return stated != wanted
    scripts = scripts_of(wanted)
    letters = [char for char in text if char.isalpha()]
    strange = sum(unicodedata.name(char, "").split(" ", 1)[0] not in scripts for char in letters)
    if strange * 2 > len(letters):
        return True
    return "LATIN" in scripts and _is_worded_otherwise(text, wanted)


def _is_worded_otherwise(text: str, wanted: str) -> bool:
    found = [word.casefold().replace("’", "'") for word in _WORDS.findall(_ELIDED.sub(r"\1 ", text))]
    if any(_tells_making(word, wanted) for word in found) or (_counts_volumes(text) not in {None, wanted}):
        return True
    mine = _evidence(found, wanted, frozenset())
    own = FUNCTION_WORDS.get(wanted, frozenset()) | (_ENGLISH_WORDS if wanted == "en" else frozenset())
    theirs = max(_evidence(found, code, own) for code in FUNCTION_WORDS if code != wanted)
    if wanted == "en":
        theirs += _strange_letters(found)
    return theirs >= _ENOUGH and theirs > mine


def _tells_making(word: str, wanted: str) -> bool:
    own = MAKING_WORDS.get(wanted)
    return not (own and own.fullmatch(word)) and any(making.fullmatch(word) for making in MAKING_WORDS.values())


def _counts_volumes(text: str) -> str | None:
    """The language in which a title counts its volumes (`Band 2`), where that word tells it."""
    found = _VOLUMES.search(text)
    return VOLUME_WORDS[found[1].casefold()] if found else None


def _evidence(found: list[str], code: str, not_these: frozenset[str]) -> float:
    known, endings = FUNCTION_WORDS.get(code, frozenset()), ENDINGS.get(code)
    score = 0.0
    for place, word in enumerate(found):
        if word in known and word not in not_these:
            score += 0.5 if word in NAME_WORDS and not _opens_phrase(word, place, found) else 1.0
        elif (endings is not None and endings.fullmatch(word)) or (code == "en" and _is_english(word)):
            score += 1.0
    return score


def _opens_phrase(word: str, place: int, found: list[str]) -> bool:
    """Whether an article at the beginning introduces more than a name: `Le Petit Prince` against `Los Alamos`."""
    return place == 0 and (len(found) > 2 or word == "der") and word not in {"las", "los"} and not _is_name(found[1])


def _is_english(word: str) -> bool:
    if any(word in known for code, known in FUNCTION_WORDS.items() if code != "en"):
        return False
    return word in COMMON_WORDS or _ENGLISH_ENDINGS.fullmatch(word) is not None


def _is_name(word: str) -> bool:
    folded = words(word)
    return len(folded) == 1 and (folded[0] in GIVEN_NAMES or folded[0] in SURNAMES)


def _strange_letters(found: list[str]) -> float:
    """What letters with marks tell where English is wanted: names and borrowed words have some too."""
    marked = [word for word in found if not word.isascii() and word not in _BORROWED and not word.endswith("'s")]
    if not marked or any(map(_is_name, found)):
        return 0.0
    return 1.0 if len(found) > 1 and not any(map(_is_english, found)) else 0.5

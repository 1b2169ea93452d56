"""Whether a title is worded in another language than the preferred one."""

from __future__ import annotations

import re
import unicodedata

from audiobook_daemon.matching.languages.codes import language_code

_WORDS = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = {
    "en": """
        the of and a an in to for with on at from by my his her its our your is are be was who what when how no not
    """,
    "de": """
        der die das und ein eine einer eines dem den des im am vom zum zur mit fur für auf aus bei nach uber über wie
        ist nicht ich du sie wir ihr von zu ohne gegen horbuch hörbuch ungekürzt gekürzt ausgabe sammlung
    """,
    "fr": """
        le la les du des et un une dans sur pour avec sans au aux est qui que mon ma sa ses leur chez entre vers tome
        intégrale édition livre collector
    """,
    "es": """
        el la los las del y un una en con por para sin al es que mi su sus edición libro tomo colección
    """,
    "it": """
        il lo la gli le del della dei delle degli e un una di in con per senza che mio edizione limitata libro
        completa nel nella dal dalla alla
    """,
    "pt": """
        o os as do da dos das e um uma em com por para sem ao no na que meu sua edição livro
    """,
    "nl": """
        het een de van en in met voor op uit zonder bij naar dat niet zijn haar deel boek uitgave
    """,
    "sv": """
        och den det en ett som på av till från med utan jag inte boken del
    """,
    "da": """
        og den det en et som på af til fra med uden jeg ikke bog del
    """,
    "no": """
        og den det en et som på av til fra med uten jeg ikke bok del
    """,
    "pl": """
        w z na do się i jest nie od dla po za przez oraz tom księga wydanie
    """,
    "cs": """
        a v na do se je ne od pro po za přes kniha díl vydání
    """,
    "hu": """
        a az és egy nem van kapuja könyv kötet kiadás
    """,
    "ro": """
        și în de la cu pe din un o nu este cartea volumul ediția
    """,
    "tr": """
        ve bir bu ile için değil kitap cilt
    """,
    "fi": """
        ja on ei se että kirja osa
    """,
}
_WORD_SETS = {code: frozenset(row.split()) for code, row in _FUNCTION_WORDS.items()}
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "sr", "mk", "kk", "mn"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ur"), "ARABIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    "ja": "CJK HIRAGANA KATAKANA",
    "zh": "CJK",
    "ko": "HANGUL CJK",
    "el": "GREEK",
    "th": "THAI",
    "bn": "BENGALI",
    "ta": "TAMIL",
    "te": "TELUGU",
    "ka": "GEORGIAN",
    "hy": "ARMENIAN",
}


def foreign_title(text: str, preferred: str) -> bool:
    """Whether a title is surely in another language than the preferred one (a code or a name); doubt is False."""
    wanted = language_code(preferred) or preferred.casefold()
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return False
    scripts = set(_SCRIPTS.get(wanted, "LATIN").split())
    strange = sum(unicodedata.name(char, "").split(" ")[0] not in scripts for char in letters)
    if strange * 2 > len(letters):
        return True
    if "LATIN" not in scripts:
        return strange > 0
    return _other_words(text, wanted)


def _other_words(text: str, wanted: str) -> bool:
    found = [word.casefold() for word in _WORDS.findall(text)]
    own = _WORD_SETS.get(wanted, frozenset())
    mine = sum(word in own for word in found)
    theirs = max(
        sum(word in known and word not in own for word in found) for code, known in _WORD_SETS.items() if code != wanted
    )
    if theirs > mine:
        return True
    return wanted == "en" and not mine and any(not char.isascii() and char.isalpha() for char in text)

"""The scripts that languages are written in, by the first word of their letters' Unicode names."""

from __future__ import annotations

_SCRIPTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "sr", "mk", "kk", "mn", "ky", "tg", "tt"), frozenset({"CYRILLIC"})),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "sd", "ug"), frozenset({"ARABIC"})),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), frozenset({"DEVANAGARI"})),
    **dict.fromkeys(("he", "yi"), frozenset({"HEBREW"})),
    "ja": frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    "zh": frozenset({"CJK"}),
    "ko": frozenset({"HANGUL", "CJK"}),
    "el": frozenset({"GREEK"}),
    "th": frozenset({"THAI"}),
    "bn": frozenset({"BENGALI"}),
    "ta": frozenset({"TAMIL"}),
    "te": frozenset({"TELUGU"}),
    "ka": frozenset({"GEORGIAN"}),
    "hy": frozenset({"ARMENIAN"}),
    "am": frozenset({"ETHIOPIC"}),
}
_LATIN = frozenset({"LATIN", "FULLWIDTH", "FEMININE", "MASCULINE", "MICRO"})


def scripts_of(code: str) -> frozenset[str]:
    """The scripts of a language (ISO 639-1); Latin where nothing else is known."""
    return _SCRIPTS.get(code, _LATIN)

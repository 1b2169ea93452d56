"""Names of languages, as servers write them, and their ISO 639-1 codes."""

from __future__ import annotations

from functools import lru_cache

_NAMES = {
    "ar": ("Arabic", "ara"),
    "bg": ("Bulgarian", "bul"),
    "ca": ("Catalan", "cat"),
    "cs": ("Czech", "ces", "cze"),
    "cy": ("Welsh", "cym", "wel"),
    "da": ("Danish", "dan", "dansk"),
    "de": ("German", "deu", "ger", "deutsch"),
    "el": ("Greek", "ell", "gre"),
    "en": ("English", "eng"),
    "es": ("Spanish", "spa", "español", "castilian"),
    "et": ("Estonian", "est"),
    "fa": ("Persian", "fas", "per", "farsi"),
    "fi": ("Finnish", "fin", "suomi"),
    "fr": ("French", "fra", "fre", "français"),
    "ga": ("Irish", "gle"),
    "he": ("Hebrew", "heb"),
    "hi": ("Hindi", "hin"),
    "hr": ("Croatian", "hrv"),
    "hu": ("Hungarian", "hun", "magyar"),
    "id": ("Indonesian", "ind"),
    "is": ("Icelandic", "isl", "ice"),
    "it": ("Italian", "ita", "italiano"),
    "ja": ("Japanese", "jpn"),
    "ko": ("Korean", "kor"),
    "la": ("Latin", "lat"),
    "lt": ("Lithuanian", "lit"),
    "lv": ("Latvian", "lav"),
    "nl": ("Dutch", "nld", "dut", "nederlands"),
    "no": ("Norwegian", "nor", "norsk", "nb", "nob", "nn", "nno"),
    "pl": ("Polish", "pol", "polski"),
    "pt": ("Portuguese", "por", "português"),
    "ro": ("Romanian", "ron", "rum"),
    "ru": ("Russian", "rus"),
    "sk": ("Slovak", "slk", "slo"),
    "sl": ("Slovenian", "slv"),
    "sr": ("Serbian", "srp"),
    "sv": ("Swedish", "swe", "svenska"),
    "ta": ("Tamil", "tam"),
    "tr": ("Turkish", "tur", "türkçe"),
    "uk": ("Ukrainian", "ukr"),
    "vi": ("Vietnamese", "vie"),
    "zh": ("Chinese", "zho", "chi", "mandarin"),
}
_CODES = {name.casefold(): code for code, names in _NAMES.items() for name in (code, *names)}


@lru_cache(maxsize=1000)
def code_of(text: str | None) -> str | None:
    """Return the ISO 639-1 code of `English`, `eng`, `en` or `en-US`; None for what we do not know."""
    plain = (text or "").strip().casefold()
    return _CODES.get(plain) or _CODES.get(plain.replace("_", "-").partition("-")[0])


def name_of(code: str) -> str:
    """Return the English name of a language, as Audiobookshelf shows it; an unknown code stays as it is."""
    known = code_of(code)
    return _NAMES[known][0] if known else code

"""The site's languages: a number each, some languages with two."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

# ISO 639-1 for the numbers from 1 on; Ancient Greek has none, so ISO 639-3. 47 is "Other", which says nothing.
_IN_ORDER = (
    "en zh gu es kn my th hi mr te ta jv vi pa ur ru af bg ca cs da nl fi gd uk el he hu tl ro sr ar ms pt bn fr de ja "
    "fa sv ko tr it zh pl la - no hr lt bs pt id sl es ga gv ml grc sa et lv is sq cy"
)
_CODES = MappingProxyType(dict(enumerate(_IN_ORDER.split(), start=1)))
_SAME = MappingProxyType({"nb": "no", "nn": "no", "fil": "tl", "yue": "zh"})


def language_code(number: int | None) -> str | None:
    """Translate the site's number to ISO 639-1; None for unknown numbers and for "Other"."""
    code = _CODES.get(number or 0, "-")
    return None if code == "-" else code


def language_numbers(codes: Iterable[str]) -> list[int]:
    """Translate ISO 639-1 to all numbers that mean these languages; empty as soon as one is unknown.

    A search limited to the known ones would hide the others, so then no limit at all is right.
    """
    wanted = [code.lower().partition("-")[0] for code in codes]
    wanted = [_SAME.get(code, code) for code in wanted]
    if not all(code in _CODES.values() for code in wanted):
        return []
    return [number for number, code in _CODES.items() if code in wanted]

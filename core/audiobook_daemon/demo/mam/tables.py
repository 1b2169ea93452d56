"""The site's numbers: categories, the newer tags, languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Category(NamedTuple):
    """One sub-category: its main category (13 to 16), full name, newer tag (0: none) and whether it is fiction."""

    main: int
    name: str
    tag: int
    fiction: bool


# Name, audiobook id, e-book id, newer tag; 0 where the site has none.
_FICTION = (
    ("Action/Adventure", 39, 60, 1),
    ("Comics/Graphic novels", 0, 61, 0),
    ("Crime/Thriller", 40, 62, 9),
    ("Fantasy", 41, 63, 13),
    ("General Fiction", 42, 64, 59),
    ("Historical Fiction", 98, 102, 17),
    ("Horror", 43, 65, 19),
    ("Humor", 99, 103, 20),
    ("Juvenile", 44, 66, 23),
    ("Literary Classics", 45, 67, 28),
    ("Mystery", 87, 94, 34),
    ("Romance", 46, 68, 42),
    ("Science Fiction", 47, 69, 45),
    ("Urban Fantasy", 108, 109, 53),
    ("Western", 48, 70, 54),
    ("Young Adult", 111, 112, 55),
)
_NONFICTION = (
    ("Art", 49, 71, 2),
    ("Biographical", 50, 72, 3),
    ("Business", 83, 90, 4),
    ("Computer/Internet", 51, 73, 7),
    ("Crafts", 97, 101, 8),
    ("Food", 106, 107, 14),
    ("General Non-Fic", 52, 0, 40),
    ("General Non-Fiction", 0, 74, 40),
    ("History", 54, 76, 17),
    ("Home/Garden", 55, 77, 18),
    ("Illusion/Magic", 0, 115, 0),
    ("Instructional", 84, 91, 22),
    ("Language", 56, 78, 24),
    ("Magazines/Newspapers", 0, 79, 12),
    ("Math/Science/Tech", 57, 80, 30),
    ("Medical", 85, 92, 31),
    ("Mixed Collections", 0, 118, 0),
    ("Nature", 119, 120, 35),
    ("Philosophy", 88, 95, 37),
    ("Pol/Soc/Relig", 58, 81, 39),
    ("Recreation", 59, 82, 49),
    ("Self-Help", 53, 75, 46),
    ("Travel/Adventure", 89, 96, 52),
    ("True Crime", 100, 104, 9),
)
_MUSICOLOGY = {
    19: "Guitar/Bass Tabs",
    20: "Individual Sheet",
    24: "Individual Sheet MP3",
    126: "Instructional Book with Video",
    22: "Instructional Media - Music",
    113: "Lick Library - LTP/Jam With",
    114: "Lick Library - Techniques/QL",
    17: "Music - Complete Editions",
    26: "Music Book",
    27: "Music Book MP3",
    30: "Sheet Collection",
    31: "Sheet Collection MP3",
}
_RADIO = {127: "Comedy", 128: "Factual/Documentary", 130: "Drama", 132: "Reading"}

AUDIOBOOKS, EBOOKS, MUSICOLOGY, RADIO = 13, 14, 15, 16


def _categories() -> Mapping[int, Category]:
    found: dict[int, Category] = {}
    for genres, fiction in ((_FICTION, True), (_NONFICTION, False)):
        for name, audio, text, tag in genres:
            found[audio] = Category(AUDIOBOOKS, f"Audiobooks - {name}", tag, fiction)
            found[text] = Category(EBOOKS, f"Ebooks - {name}", tag, fiction)
    found.update((number, Category(MUSICOLOGY, name, 32, False)) for number, name in _MUSICOLOGY.items())
    found.update((number, Category(RADIO, f"Radio - {name}", 0, True)) for number, name in _RADIO.items())
    del found[0]
    return found


CATEGORIES: Mapping[int, Category] = _categories()
"""Every sub-category of the site by its number."""

MEDIA_TYPES: Mapping[int, int] = {AUDIOBOOKS: 1, EBOOKS: 2, MUSICOLOGY: 3, RADIO: 4}
"""The newer media type by main category."""

LANGUAGE_CODES: Mapping[int, str] = {
    1: "ENG", 2: "CHI", 4: "SPA", 16: "RUS", 22: "DUT", 30: "RUM", 34: "POR", 36: "FRE", 37: "GER",
    38: "JPN", 40: "SWE", 43: "ITA", 45: "POL", 46: "LAT", 48: "NOR", 52: "POR", 55: "SPA", 58: "MAL",
}  # fmt: skip
"""The `lang_code` of the languages the demo world speaks; the site's full list is not public."""

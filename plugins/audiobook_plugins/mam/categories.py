"""The site's audiobook categories, found by the meaning of a genre's name, and its newer tags."""

from __future__ import annotations

import re
from types import MappingProxyType

AUDIOBOOKS = 13
"""The main category."""

# One category a line: its number, the site's name, other names people use.
_TABLE = """
39 action-adventure action adventure
49 art arts photography
50 biographical biography biographies autobiography memoir memoirs
83 business economics finance money
51 computer-internet computer computers internet programming
97 crafts craft
40 crime-thriller crime thriller thrillers suspense thriller-suspense
41 fantasy epic-fantasy high-fantasy
106 food cooking cookbooks food-wine
42 general-fiction fiction contemporary contemporary-fiction literary-fiction
52 general-non-fic general-non-fiction general-nonfiction non-fiction nonfiction non-fic
98 historical-fiction historical
54 history
55 home-garden home garden gardening
43 horror
99 humor humour comedy
84 instructional how-to
44 juvenile children childrens children-s kids middle-grade
56 language languages
45 literary-classics classics classic classical-literature
57 math-science-tech science technology math mathematics popular-science science-technology
85 medical medicine health
87 mystery mysteries detective cozy-mystery
119 nature
88 philosophy
58 pol-soc-relig politics-sociology-religion politics political sociology society religion spirituality
59 recreation sports hobbies sports-hobbies
46 romance romantic
47 science-fiction sci-fi scifi sf science-fiction-sf
53 self-help selfhelp personal-development self-improvement
89 travel-adventure travel
100 true-crime truecrime
108 urban-fantasy paranormal
48 western westerns
111 young-adult ya teen teens
"""
_BY_NAME = MappingProxyType(
    {
        name: (int(number),)
        for number, *names in (line.split() for line in _TABLE.strip().splitlines())
        for name in names
    }
    | {
        "mystery-thriller": (40, 87),
        "mystery-crime": (40, 87),
        "mystery-thriller-suspense": (40, 87),
        "science-fiction-fantasy": (41, 47),
        "sci-fi-fantasy": (41, 47),
        "all": (),
    }
)

_TAG_NAMES = (
    "Action/Adventure|Art/Photography|Biographical|Business/Money|Comedy|Complete Editions - Music|Computer/Internet|"
    "Crafts|Crime|Dramatization/Full Cast|Education/Textbook|Factual News/Current Events|Fantasy|Food/Wine|"
    "Guitar/Bass Tabs|Health/Fitness/Diet|Historical|Home/Garden|Horror|Humor|Individual Sheet|Instructional|Juvenile|"
    "Language|LGBTQIA+|Lick Library - LTP/Jam With|Lick Library - Techniques/QL|Literary Classics|LitRPG|Math|"
    "Medicine/Psychology|Music|Music Book|Mystery|Nature|Paranormal|Philosophy|Poetry|Politics/Sociology|Reference|"
    "Religion/Spirituality|Romance|RPG|Science|Science Fiction|Self-Help|Sheet Collection|Accompanying music|"
    "Sports/Hobbies|Technology|Thriller/Suspense|Travel|Urban Fantasy|Western|Young Adult|Superheroes|"
    "Literary Fiction|Progression Fantasy|Contemporary Fiction|Drama/Plays|Occult / Metaphysical Practices|"
    "Slice of Life|Military/War"
)
_TAGS = _TAG_NAMES.split("|")


def category_numbers(genre: str) -> tuple[int, ...] | None:
    """Find the categories a genre means; empty means every audiobook, None that the site has no such genre."""
    name = re.sub(r"[^a-z0-9]+", "-", genre.lower().replace("&", " ").replace(" and ", " ")).strip("-")
    name = name.removeprefix("audiobooks-").replace("-and-", "-")
    return _BY_NAME.get(name)


def tag_name(number: int | None) -> str | None:
    """Name a tag of the newer system; unknown numbers are None, for the site adds tags now and then."""
    return _TAGS[number - 1] if number is not None and 1 <= number <= len(_TAGS) else None

"""Series nobody wrote, with everything that makes series awkward."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def _works(*rows: tuple[Any, ...]) -> list[Json]:
    """Works from (number or `first-last`, title, type, further fields)."""
    works: list[Json] = []
    for place, (number, title, kind, *rest) in enumerate(rows, start=1):
        first, _, last = str(number or "").partition("-")
        work: Json = {"ref": f"w{place}", "title": title, "type": kind, "year": 2000 + place, "alt_titles": []}
        work |= {"number": None, "from": first, "to": last} if last else {"number": number}
        works.append(work | (rest[0] if rest else {}))
    return works


def _novels(*titles: str) -> list[Json]:
    return _works(*((str(place), title, "novel") for place, title in enumerate(titles, start=1)))


def _series(
    name: str, authors: list[str], works: list[Json], *, aliases: tuple[str, ...] = (), traits: list[str] | None = None
) -> Json:
    return {"series": name, "authors": authors, "aliases": list(aliases), "works": works, "traits": traits or []}


SERIES: tuple[Json, ...] = (
    _series(
        "The Tidewatch Chronicles",
        ["Maren Holt"],
        _works(
            ("0.5", "Low Water", "novella"),
            ("1", "The Harbour of Glass", "novel", {"split_titles": ["Green Glass", "Broken Glass"]}),
            ("2", "Salt & Lantern", "novel", {"alt_titles": ["The Salt Lantern"]}),
            ("2.5", "The Ferryman's Daughter", "novella"),
            ("3", "A Compass for the Drowned", "novel", {"dramatized_parts": 3}),
            ("4", "Spring Tide", "novel", {"editions": [{"narrators": ["Ida Voss"]}, {"narrators": ["Tom Reyes"]}]}),
            ("5", "The Last Lighthouse", "unreleased", {"year": 2027}),
            ("1-3", "The Tidewatch Omnibus", "omnibus", {"contains": ["w2", "w3", "w5"]}),
            (None, "The Tidewatch Companion", "companion"),
        ),
        aliases=("Tidewatch", "TWC"),
    ),
    _series("Ashmark", ["Maren Holt"], _novels("Ashmark", "Ashmark Rising", "The Fall of Ashmark", "Ash")),
    _series(
        "Hollow Crown Cycle",
        ["J. T. Ardery"],
        _works(
            ("1", "Crown of Reeds", "novel", {"alt_titles": ["The Reed Crown"], "dramatized_parts": 2}),
            ("2", "Crown of Rust", "novel", {"also_in": [{"series": "The Iron Years", "number": "1"}]}),
            ("3", "Crown of Rain", "novel", {"also_in": [{"series": "The Iron Years", "number": "2"}]}),
            ("4", "Crown of Ruin", "novel"),
            (None, "Tales out of the Hollow", "collection"),
        ),
        aliases=("The Hollow Crown", "Hollow Crown"),
    ),
    _series(
        "Sergeant Blythe",
        ["Odile Marchetti", "Sam Okoro"],
        _novels(
            *(
                f"Murder {at}"
                for at in (
                    "at Noon",
                    "at Sea",
                    "at the Opera",
                    "at Home",
                    "at Last",
                    "at Large",
                    "at Twelve",
                    "at First Light",
                    "at the Ninth Hole",
                    "at Random",
                    "at Odds",
                    "at Rest",
                )
            )
        ),
    ),
    _series("Deepcore", ["Vex Alloway"], _novels("Deepcore", *(f"Deepcore {number}" for number in range(2, 12)))),
    _series(
        "12 Bells", ["Rufus Thorne"], _novels("1st Bell", "2nd Bell", "Third Watch", "The 4th Bell Tolls", "Bell 5")
    ),
    _series(
        "Skyforge: The Anvil Saga",
        ["Petra Lindqvist"],
        _novels("Anvil", "Anvil: Sparks", "Anvil: Embers", "Hammerfall"),
        aliases=("The Anvil Saga", "Anvil"),
    ),
    _series(
        "Die Moorland-Trilogie",
        ["Jürgen Öhlmann"],
        _works(
            ("1", "Das Haus im Moor", "novel"),
            ("2.1", "Die Brücke aus Eis 1", "novel", {"alt_titles": ["Die Brücke aus Eis, Teil 1"]}),
            ("2.2", "Die Brücke aus Eis 2", "novel", {"alt_titles": ["Die Brücke aus Eis, Teil 2"]}),
            ("3", "Größe und Glück", "novel"),
        ),
        traits=["german"],
    ),
    _series(
        "The Cartographers",
        ["Ingrid O'Shea"],
        _works(
            ("0", "Blank Spaces", "novel"),
            ("1", "The Atlas of Small Hours", "novel"),
            ("2", "The Cartographers", "novel"),
            ("3", "It's a Long Way Down, and Other Directions", "novel"),
            ("4", "X", "novel"),
            ("5", "Meridian", "novel", {"authors": ["Ingrid O'Shea", "Ben Takahashi"]}),
            ("3-5", "The Cartographers: The Complete Collection", "box-set", {"contains": ["w4", "w5", "w6"]}),
        ),
        aliases=("Cartographers",),
    ),
    _series("Windward (Chronological Order)", ["Ada Finch"], _novels("Becalmed", "Windward", "The Doldrums")),
    _series("Windward", ["Ada Finch"], _novels("Windward", "The Doldrums", "Becalmed", "Homeward")),
)

"""The right series, another volume: the most frequent wrong book of all."""

from __future__ import annotations

from tests.adversarial.language import Case, book, text, tracker, want

ELLISON = "Mara Ellison"
LANTERN = "The Lantern Wars"


CASES = (
    Case(
        "decoy volume",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (tracker("Cinder Gate", ELLISON, f"{LANTERN} 1", seeders=300), tracker("Ember Road", ELLISON, f"{LANTERN} 2")),
        1,
    ),
    Case(
        "decoy volume",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (tracker("Cinder Gate", ELLISON, f"{LANTERN} 1", seeders=300), tracker("Ashfall", ELLISON, f"{LANTERN} 3")),
        None,
    ),
    Case(
        "decoy volume",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (text(f"{ELLISON} - {LANTERN} 01 - Cinder Gate [M4B]"), text(f"{ELLISON} - {LANTERN} 02 - Ember Road [M4B]")),
        1,
    ),
    Case(
        "volume told by number alone",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (text(f"{ELLISON} - {LANTERN} Book 3 [M4B]"), text(f"{ELLISON} - {LANTERN} Book 1 [M4B]")),
        None,
    ),
    Case(
        "same title, other position",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (tracker("Ember Road", ELLISON, f"{LANTERN} 4"),),
        None,
    ),
    Case(
        "one is not ten",
        want("The Grey Keep, Book 1", "Otto Falk", "The Grey Keep 1"),
        (tracker("The Grey Keep, Book 10", "Otto Falk", "The Grey Keep 10", seeders=90),),
        None,
    ),
    Case(
        "one is not ten",
        want("The Grey Keep, Book 1", "Otto Falk", "The Grey Keep 1"),
        (text("Otto Falk - The Grey Keep Book 10 MP3"), text("Otto Falk - The Grey Keep Book 1 MP3")),
        1,
    ),
    Case(
        "one is not ten",
        want("The Grey Keep, Book 10", "Otto Falk", "The Grey Keep 10"),
        (text("Otto Falk - The Grey Keep Book 1 MP3"), text("Otto Falk - The Grey Keep Book 100 MP3")),
        None,
    ),
    Case(
        "one is not eleven",
        want("Ledger 1", "Sun Park", "Ledger 1"),
        (text("Sun Park - Ledger 11 [MP3]"), text("Sun Park - Ledger 12 [MP3]")),
        None,
    ),
    Case(
        "unreleased next volume",
        want("The Ninth House of Winter", "Dora Lund", "Houses of Winter 9"),
        (
            tracker("The First House of Winter", "Dora Lund", "Houses of Winter 1", seeders=500),
            tracker("The Eighth House of Winter", "Dora Lund", "Houses of Winter 8", seeders=200),
        ),
        None,
    ),
    Case(
        "unreleased next volume",
        want("Houses of Winter 9", "Dora Lund", "Houses of Winter 9"),
        (
            tracker("Houses of Winter", "Dora Lund", "Houses of Winter 1", seeders=500),
            tracker("Houses of Winter 8", "Dora Lund", "Houses of Winter 8"),
        ),
        None,
    ),
    Case(
        "unreleased next volume",
        want("Untitled Lantern Wars 5", ELLISON, f"{LANTERN} 5"),
        (tracker("Ashfall", ELLISON, f"{LANTERN} 3"), text(f"{LANTERN} by {ELLISON} [ENG / MP3]")),
        None,
    ),
    Case(
        "series named like its first book",
        want("The Hollow Crown", "Ivo Brandt", "The Hollow Crown 1"),
        (
            tracker("The Hollow Crown: Broken Oath", "Ivo Brandt", "The Hollow Crown 2", seeders=80),
            tracker("The Hollow Crown", "Ivo Brandt", "The Hollow Crown 1"),
        ),
        1,
    ),
    Case(
        "series named like its first book",
        want("The Hollow Crown", "Ivo Brandt", "The Hollow Crown 1"),
        (
            tracker("Broken Oath", "Ivo Brandt", "The Hollow Crown 2"),
            text("Ivo Brandt - The Hollow Crown 02 - Broken Oath"),
            text("Ivo Brandt - The Hollow Crown 3 - Last Banner [M4B]"),
        ),
        None,
    ),
    Case(
        "series named like its first book",
        want("Broken Oath", "Ivo Brandt", "The Hollow Crown 2"),
        (tracker("The Hollow Crown", "Ivo Brandt", "The Hollow Crown 1", seeders=999),),
        None,
    ),
    Case(
        "series named like its first book",
        want("Broken Oath", "Ivo Brandt", "The Hollow Crown 2"),
        (tracker("The Hollow Crown: Broken Oath", "Ivo Brandt", "The Hollow Crown 2"),),
        0,
    ),
    Case(
        "prequel at zero",
        want("Before the Lanterns", ELLISON, f"{LANTERN} 0"),
        (tracker("Cinder Gate", ELLISON, f"{LANTERN} 1"), tracker("Before the Lanterns", ELLISON, f"{LANTERN} 0")),
        1,
    ),
    Case(
        "novella between volumes",
        want("A Spark at Noon", ELLISON, f"{LANTERN} 1.5"),
        (
            tracker("Cinder Gate", ELLISON, f"{LANTERN} 1"),
            tracker("Ember Road", ELLISON, f"{LANTERN} 2"),
            tracker("A Spark at Noon", ELLISON, f"{LANTERN} 1.5", size=90),
        ),
        2,
    ),
    Case(
        "novella between volumes",
        want("Cinder Gate", ELLISON, f"{LANTERN} 1"),
        (tracker("A Spark at Noon", ELLISON, f"{LANTERN} 1.5"), text(f"{LANTERN} 1.5 - A Spark at Noon - {ELLISON}")),
        None,
    ),
    Case(
        "numbers written in words",
        want("The Iron Ledger: Book Two", "Sun Park", "The Iron Ledger 2"),
        (
            text("Sun Park - The Iron Ledger - Book Three [M4B]"),
            text("Sun Park - The Iron Ledger - Book Two [M4B]"),
        ),
        1,
    ),
    Case(
        "numbers written in words",
        want("The Iron Ledger, Vol. 2", "Sun Park", "The Iron Ledger 2"),
        (text("Sun Park - The Iron Ledger Vol. III [M4B]"), text("Sun Park - The Iron Ledger Vol. II [M4B]")),
        1,
    ),
    Case(
        "numbers written in words",
        want("The Iron Ledger, Vol. 4", "Sun Park", "The Iron Ledger 4"),
        (text("Sun Park - The Iron Ledger Vol. VI [M4B]"), text("Sun Park - The Iron Ledger Vol. XIV [M4B]")),
        None,
    ),
    Case(
        "leading zeros",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (tracker("Ember Road", ELLISON, f"{LANTERN} 02"),),
        0,
    ),
    Case(
        "two series, two places",
        want("Saltwater", "Jun Arai", "Harbour Tales 3; The Arai Universe 12"),
        (tracker("Saltwater", "Jun Arai", "The Arai Universe 12"),),
        0,
    ),
    Case(
        "two series, two places",
        want("Saltwater", "Jun Arai", "Harbour Tales 3"),
        (tracker("Saltwater", "Jun Arai", "The Arai Universe 12"),),
        0,
    ),
    Case(
        "sequel that repeats the title",
        want("Nightjar", "Pia Holm", "Nightjar 1"),
        (
            tracker("Nightjar Rising", "Pia Holm", "Nightjar 2", seeders=70),
            tracker("Return to Nightjar", "Pia Holm", "Nightjar 3", seeders=70),
            tracker("Nightjar", "Pia Holm", "Nightjar 1", seeders=2),
        ),
        2,
    ),
    Case(
        "sequel that repeats the title",
        want("Nightjar", "Pia Holm"),
        (
            tracker("Nightjar Rising", "Pia Holm"),
            tracker("Return to Nightjar", "Pia Holm"),
            text("Nightjar Rising by Pia Holm"),
        ),
        None,
    ),
    Case(
        "sibling known from the catalogue",
        want("Nightjar", "Pia Holm"),
        (text("Pia Holm - Nightjar Rising [M4B]"),),
        None,
        siblings=(book("Nightjar Rising", "Pia Holm"), book("Return to Nightjar", "Pia Holm")),
    ),
    Case(
        "sibling known from the catalogue",
        want("The Road", "Lene Voss"),
        (text("Lene Voss - The Road Home [M4B]"), text("Lene Voss - The Road [M4B]")),
        1,
        siblings=(book("The Road Home", "Lene Voss"),),
    ),
    Case(
        "book number only in the wish",
        want("Ember Road", ELLISON, f"{LANTERN} 2"),
        (text(f"Ember Road - {ELLISON} [M4B]"),),
        0,
    ),
    Case(
        "trilogy volume against its omnibus",
        want("Cinder Gate", ELLISON, f"{LANTERN} 1"),
        (text(f"{ELLISON} - {LANTERN} 1-3 [M4B]", size=1500), text(f"{ELLISON} - Cinder Gate [M4B]")),
        1,
    ),
)

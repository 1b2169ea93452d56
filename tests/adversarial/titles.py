"""Titles within titles, titles of one word, titles that are numbers, titles that two strangers share."""

from __future__ import annotations

from tests.adversarial.language import Case, book, text, tracker, want

CASES = (
    Case(
        "title within a title",
        want("Damned", "Chuck Palahniuk"),
        (tracker("Wrath of the Damned", "Stephan Grey", seeders=900), text("Wrath of the Damned - Stephan Grey [MP3]")),
        None,
    ),
    Case(
        "title within a title",
        want("Damned", "Chuck Palahniuk"),
        (tracker("Wrath of the Damned", "Stephan Grey", seeders=900), tracker("Damned", "Chuck Palahniuk", seeders=1)),
        1,
    ),
    Case(
        "title within a title",
        want("The Tenant", "Nell Frost"),
        (tracker("The Tenant's Secret", "Nell Frost", seeders=900), text("Nell Frost - The Tenant Is Watching [M4B]")),
        None,
    ),
    Case(
        "title within a title",
        want("The Tenant", "Nell Frost"),
        (text("Nell Frost - The Tenant's Secret [M4B]", seeders=900), text("Nell Frost - The Tenant [M4B]", seeders=1)),
        1,
    ),
    Case(
        "title within a title",
        want("The Tenant's Secret", "Nell Frost"),
        (tracker("The Tenant", "Nell Frost", seeders=900),),
        None,
    ),
    Case(
        "title within a title",
        want("Glass", "Ana Duarte"),
        (text("Ana Duarte - House of Glass MP3"), text("Ana Duarte - Glass Towers MP3"), text("Glass Ana Duarte MP3")),
        2,
    ),
    Case(
        "title within a title",
        want("It", "Stephen King"),
        (
            tracker("If It Bleeds", "Stephen King"),
            tracker("You Like It Darker", "Stephen King"),
            text("Stephen King - Just After Sunset"),
        ),
        None,
    ),
    Case(
        "title within a title",
        want("It", "Stephen King"),
        (tracker("If It Bleeds", "Stephen King", seeders=500), tracker("It", "Stephen King", seeders=1)),
        1,
    ),
    Case(
        "one word, one stranger",
        want("Echo", "Hanna Moll"),
        (tracker("Echo", "Ruben Castell", seeders=400), text("Echo by Ruben Castell [ENG / MP3]")),
        None,
    ),
    Case(
        "one word, no author",
        want("Echo", "Hanna Moll"),
        (text("Echo [M4B]", seeders=400), text("ECHO (Unabridged) MP3")),
        None,
    ),
    Case(
        "one word, no author",
        want("Sapiens", "Yuval Noah Harari"),
        (text("Sapiens MP3 64kbps"),),
        None,
    ),
    Case(
        "one word",
        want("Echo", "Hanna Moll"),
        (text("Hanna Moll - Echo (2019) Unabridged MP3"),),
        0,
    ),
    Case(
        "the title is the author's name",
        want("Miles Davis", "Miles Davis"),
        (text("Miles Davis - Kind of Blue FLAC"), text("Miles Davis and the Sound of Cool by Peter Orr MP3")),
        None,
    ),
    Case(
        "the title is a number",
        want("1984", "George Orwell"),
        (tracker("Animal Farm", "George Orwell", seeders=90), text("George Orwell - 1984 (1949) [M4B]")),
        1,
    ),
    Case(
        "the title is a number",
        want("1984", "George Orwell"),
        (text("George Orwell - Animal Farm (1984 recording) MP3"), text("Best of 1984 - Various")),
        None,
    ),
    Case(
        "a number in the title",
        want("The 7th Bell", "Ida Quist"),
        (text("Ida Quist - The 9th Bell [M4B]"), text("Ida Quist - The 7th Bell [M4B]")),
        1,
    ),
    Case(
        "a number in the title",
        want("Station Twelve", "Ida Quist"),
        (text("Ida Quist - Station Eleven [M4B]"), tracker("Station Thirteen", "Ida Quist")),
        None,
    ),
    Case(
        "a number in the title",
        want("Catch-22", "Joseph Heller"),
        (text("Joseph Heller - Catch 22 [MP3 64kbps]"),),
        0,
    ),
    Case(
        "one letter makes another word",
        want("Bare", "Lou Winter"),
        (tracker("Bear", "Lou Winter"), tracker("Bares", "Lou Winter")),
        None,
    ),
    Case(
        "one letter makes another word",
        want("The Ward", "Lou Winter"),
        (tracker("The Word", "Lou Winter"), text("Lou Winter - The Wand")),
        None,
    ),
    Case(
        "words in another order",
        want("The Day of the Night", "Kim Reyes"),
        (tracker("The Night of the Day", "Kim Reyes"),),
        None,
    ),
    Case(
        "subtitle tells books apart",
        want("Harbour Cats: The Long Winter", "Tess Byrne"),
        (tracker("Harbour Cats: The Short Summer", "Tess Byrne", seeders=99),),
        None,
    ),
    Case(
        "subtitle tells books apart",
        want("Harbour Cats: The Long Winter", "Tess Byrne"),
        (
            tracker("Harbour Cats: The Short Summer", "Tess Byrne", seeders=99),
            tracker("Harbour Cats: The Long Winter", "Tess Byrne"),
        ),
        1,
    ),
    Case(
        "subtitle left out",
        want("Quiet Machines: How Small Things Changed the World", "Omar Said"),
        (text("Omar Said - Quiet Machines [M4B]"),),
        0,
    ),
    Case(
        "subtitle added",
        want("Quiet Machines", "Omar Said"),
        (tracker("Quiet Machines: A Novel", "Omar Said"),),
        0,
    ),
    Case(
        "article left out",
        want("The Salt Garden", "Vera Lindqvist"),
        (text("Vera Lindqvist - Salt Garden MP3"),),
        0,
    ),
    Case(
        "ampersand",
        want("Salt & Iron", "Vera Lindqvist"),
        (tracker("Salt and Iron", "Vera Lindqvist"),),
        0,
    ),
    Case(
        "apostrophe",
        want("The Mapmaker's Daughters", "Vera Lindqvist"),
        (text("vera.lindqvist-the.mapmakers.daughters-audiobook-2020-GRP"),),
        0,
    ),
    Case(
        "the title holds what looks like noise",
        want("Unabridged", "Paul Rand"),
        (tracker("Unabridged", "Paul Rand"), tracker("Selected Essays", "Paul Rand", abridged=False)),
        0,
    ),
    Case(
        "a companion, not the book",
        want("The Salt Garden", "Vera Lindqvist"),
        (
            text("Summary of The Salt Garden by Vera Lindqvist - SpeedyReads [MP3]", seeders=80),
            text("Study Guide: The Salt Garden by Vera Lindqvist", seeders=80),
            text("The Making of The Salt Garden - Vera Lindqvist interview MP3"),
        ),
        None,
    ),
    Case(
        "a companion, not the book",
        want("The Salt Garden", "Vera Lindqvist"),
        (tracker("The Salt Garden Workbook", "Vera Lindqvist"), tracker("The Salt Garden: Excerpt", "Vera Lindqvist")),
        None,
    ),
    Case(
        "podcast",
        want("The Salt Garden", "Vera Lindqvist"),
        (
            text("Book Talk Podcast Ep. 114: Vera Lindqvist, The Salt Garden", size=60),
            text("The Salt Garden Read-Along, Episode 3 (Vera Lindqvist)", size=40),
        ),
        None,
    ),
    Case(
        "regional title",
        want("The Golden Compass", "Philip Pullman", "His Dark Materials 1", aliases=("Northern Lights",)),
        (tracker("Northern Lights", "Philip Pullman", "His Dark Materials 1"),),
        0,
    ),
    Case(
        "regional title nobody told us",
        want("The Amber Door", "Kay Strand"),
        (tracker("The Yellow Gate", "Kay Strand", seeders=99),),
        None,
    ),
    Case(
        "same start, other book",
        want("The Girl in the Fog", "Kay Strand"),
        (
            text("Kay Strand - The Girl in the Snow [M4B]"),
            text("Kay Strand - The Girl in the Fog and Other Stories [M4B]"),
        ),
        None,
        siblings=(book("The Girl in the Snow", "Kay Strand"),),
    ),
    Case(
        "only the other books of the author",
        want("Under a Tin Sky", "Kay Strand"),
        tuple(tracker(title, "Kay Strand", seeders=200) for title in ("Tin Man", "Sky Burial", "Under the Bridge")),
        None,
    ),
)

"""Strangers with one name, one person with many spellings, and people who are no authors."""

from __future__ import annotations

from tests.adversarial.language import Case, text, tracker, want

CASES = (
    Case(
        "stranger of the same surname",
        want("The Long Tide", "Peter Hamill"),
        (tracker("The Long Tide", "Denise Hamill", seeders=300), text("Denise Hamill - The Long Tide [M4B]")),
        None,
    ),
    Case(
        "stranger of the same surname",
        want("The Long Tide", "Peter Hamill"),
        (tracker("The Long Tide", "Denise Hamill", seeders=300), tracker("The Long Tide", "Peter Hamill")),
        1,
    ),
    Case(
        "stranger of the same surname and initial",
        want("The Long Tide", "Peter Hamill"),
        (tracker("The Long Tide", "Paul Hamill"),),
        None,
    ),
    Case(
        "only the surname is said",
        want("Wind", "Peter Hamill"),
        (text("Hamill - Wind [MP3]"),),
        None,
        or_nothing=True,
    ),
    Case("initials", want("Ring of Ash", "J.R.R. Tolkien"), (tracker("Ring of Ash", "J. R. R. Tolkien"),), 0),
    Case("initials", want("Ring of Ash", "J. R. R. Tolkien"), (text("JRR Tolkien - Ring of Ash [M4B]"),), 0),
    Case("initials", want("Ring of Ash", "J.R.R. Tolkien"), (tracker("Ring of Ash", "Tolkien, J.R.R."),), 0),
    Case("last name first", want("Ring of Ash", "Karin Boye"), (text("Boye, Karin - Ring of Ash MP3"),), 0),
    Case("title first", want("Ring of Ash", "Karin Boye"), (text("Ring of Ash - Karin Boye MP3"),), 0),
    Case("accents", want("Ring of Ash", "Émile Éluard"), (text("Emile Eluard - Ring of Ash MP3"),), 0),
    Case("special letters", want("Ring of Ash", "Søren Åberg"), (tracker("Ring of Ash", "Soren Aberg"),), 0),
    Case("suffix", want("Ring of Ash", "Kurt Moss Jr."), (tracker("Ring of Ash", "Kurt Moss"),), 0),
    Case("middle initial", want("Ring of Ash", "Ursula K. Moss"), (tracker("Ring of Ash", "Ursula Moss"),), 0),
    Case(
        "one of two authors",
        want("Omens of Rain", "Terry Wolf & Neil Garner"),
        (tracker("Omens of Rain", "Neil Garner"), tracker("Rain", "Terry Wolf")),
        0,
    ),
    Case(
        "two authors in a text",
        want("Omens of Rain", "Terry Wolf & Neil Garner"),
        (text("Terry Wolf & Neil Garner - Omens of Rain (Unabridged) [MP3]"),),
        0,
    ),
    Case(
        "another book of one of two authors",
        want("Omens of Rain", "Terry Wolf & Neil Garner"),
        (tracker("Rain and Sun", "Neil Garner", seeders=80), tracker("Omens", "Terry Wolf")),
        None,
    ),
    Case(
        "the narrator has the author's name",
        want("Winter Bees", "Carla Dunn"),
        (tracker("Winter Bees", "Iris Bell", read_by="Carla Dunn"),),
        None,
    ),
    Case(
        "the author only reads it",
        want("Winter Bees", "Carla Dunn"),
        (text("Iris Bell - Winter Bees, read by Carla Dunn [M4B]"),),
        None,
    ),
    Case(
        "the author is only its subject",
        want("Winter Bees", "Carla Dunn"),
        (tracker("Carla Dunn: The Woman of Winter Bees", "Hugh Tate"),),
        None,
    ),
    Case(
        "the translator",
        want("Winter Bees", "Carla Dunn"),
        (tracker("Winter Bees", "Carla Dunn & Leo Marsh (translator)"),),
        0,
    ),
    Case(
        "the foreword",
        want("Winter Bees", "Carla Dunn"),
        (tracker("Selected Letters", "Hugh Tate & Carla Dunn (foreword)"),),
        None,
    ),
    Case(
        "nobody in particular",
        want("Winter Bees", "Carla Dunn"),
        (tracker("Winter Bees", "Various Authors", seeders=50), tracker("Winter Bees", "Unknown", seeders=50)),
        None,
    ),
    Case(
        "a wish without an author",
        want("Winter Bees", ""),
        (tracker("Winter Bees", "Carla Dunn"),),
        None,
    ),
    Case(
        "a wish without an author, and two that could be meant",
        want("Winter Bees", ""),
        (tracker("Winter Bees", "Carla Dunn"), tracker("Winter Bees", "Iris Bell")),
        None,
    ),
    Case(
        "Cyrillic",
        want("Тихий сад", "Анна Лебедева", language="ru", languages=("ru",)),
        (tracker("Тихий дом", "Анна Лебедева", language="ru"), tracker("Тихий сад", "Анна Лебедева", language="ru")),
        1,
    ),
    Case(
        "Chinese characters",
        want("杜子春", "芥川龍之介", language="ja", languages=("ja",)),
        (tracker("羅生門", "芥川 龍之介", language="ja"), tracker("杜子春", "芥川 龍之介", language="ja")),
        1,
    ),
    Case(
        "particles",
        want("Black Snow", "Ursula Le Guin"),
        (tracker("Black Snow", "Le Guin, Ursula"), tracker("Snow", "Ursula Le Guin")),
        0,
    ),
    Case(
        "pen name nobody told us",
        want("Black Snow", "Robert Galbraith"),
        (tracker("Black Snow", "J.K. Rowling", seeders=40),),
        None,
    ),
)

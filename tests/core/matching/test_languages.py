from __future__ import annotations

import pytest

from audiobook_daemon.matching.languages import find_language, foreign_title, language_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[
            (text, "de")
            for text in ("de", "deu", "ger", "GER", "German", "Deutsch", "de-AT", "de_DE.UTF-8", "[German]")
        ],
        *[(text, "fr") for text in ("fra", "fre", "Français", "francais", "French (Canada)")],
        *[
            ("pt-BR", "pt"),
            ("Brazilian Portuguese", "pt"),
            ("Spanish; Castilian", "es"),
            ("zh-Hans", "zh"),
            ("中文", "zh"),
        ],
        *[
            ("Русский", "ru"),
            ("日本語", "ja"),
            ("Norwegian Bokmål", "nb"),
            ("čeština", "cs"),
            ("Greek, Modern (1453-)", "el"),
        ],
        *[("xyz", None), ("unknown", None), ("", None), ("mul", None), ("The German Girl", None)],
    ],
)
def test_a_language_is_known_by_code_and_name(text: str, code: str | None) -> None:
    assert language_code(text) == code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Some Book [ENG / M4B]", "en"),
        ("[ITA] Un Titolo", "it"),
        ("Some Book [M4B / CZE / 64 kbps]", "cs"),
        ("Some Book (German Edition)", "de"),
        ("Some Book (in French)", "fr"),
        ("Some Book {Dutch} [MP3]", "nl"),
        ("Le.Livre.FRENCH.epub", "fr"),
        ("Das.Buch.German.2010.MP3-GROUP", "de"),
        ("Some Book (The French Revolution)", None),
        ("Some Book [XYZ / EPUB]", None),
        ("Some Book - NL", "nl"),
        ("Stephen King - IT", None),
        ("Some Book [UK]", None),
        ("The German Girl", None),
        ("Learn German", None),
        ("THE ENGLISH PATIENT", None),
        ("It", None),
        ("", None),
    ],
)
def test_a_release_title_states_its_language_in_remarks(title: str, code: str | None) -> None:
    assert find_language(title) == code


@pytest.mark.parametrize(
    "title",
    [
        *("Der Schwarm", "Die Verwandlung", "La sombra del viento", "Cien años de soledad", "Le Petit Prince"),
        *("Il nome della rosa", "Män som hatar kvinnor", "De ontdekking van de hemel", "Ostatnie życzenie"),
        *("Дюна", "三体", "ノルウェイの森", "Dune (German Edition)", "Dune Hörbuch", "Dune [FRE / MP3]"),
        *("Dune Sonderausgabe", "Dune Edizione Limitata", "Coffret Dune", "Dune Band 2", "Dune tome 3"),
    ],
)
def test_titles_of_other_languages_are_foreign_to_english(title: str) -> None:
    assert foreign_title(title, "en")
    assert foreign_title(title, "English")


@pytest.mark.parametrize(
    "title",
    [
        *("The Way of Kings", "Dune", "It", "Die Trying", "Live and Let Die", "Zoë's Tale", "Elantris", "Circe"),
        *("Los Alamos", "Golden Son", "Jo Nesbø", "1984", "", "Dune [ENG / M4B]", "The Da Vinci Code", "Café Society"),
    ],
)
def test_english_titles_and_bare_names_are_not(title: str) -> None:
    assert not foreign_title(title, "en")


def test_what_is_foreign_depends_on_the_preferred_language() -> None:
    assert foreign_title("The Way of Kings", "de")
    assert not foreign_title("Der Schwarm", "de")
    assert not foreign_title("Дюна", "ru")
    assert foreign_title("Dune", "ru")

from __future__ import annotations

import pytest

from audiobook_daemon.matching.people import split_people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Stephen King", ["Stephen King"]),
        ("Neil Gaiman, Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman; Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman;Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman & Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman and Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman und Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman et Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman y Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman och Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman + Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman/Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman | Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman\nTerry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Neil Gaiman • Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("Bill Clinton with James Patterson", ["Bill Clinton", "James Patterson"]),
        ("Bill Clinton (with James Patterson)", ["Bill Clinton", "James Patterson"]),
        ("Jason Anspach feat. Nick Cole", ["Jason Anspach", "Nick Cole"]),
        ("Malcolm X as told to Alex Haley", ["Malcolm X", "Alex Haley"]),
        ("Malcolm X, Alex Haley", ["Malcolm X", "Alex Haley"]),
        ("Larry Niven, Jerry Pournelle, and Steven Barnes", ["Larry Niven", "Jerry Pournelle", "Steven Barnes"]),
        ("Larry Niven, Jerry Pournelle & Steven Barnes", ["Larry Niven", "Jerry Pournelle", "Steven Barnes"]),
        ("James S. A. Corey, et al.", ["James S. A. Corey"]),
        ("George R. R. Martin and others", ["George R. R. Martin"]),
        ("Stephen King, Owen King and 2 others", ["Stephen King", "Owen King"]),
        ("Stephen King, stephen king", ["Stephen King"]),
        ("TheFirstDefier, JF Brink", ["TheFirstDefier", "JF Brink"]),
        ("Plato, Aristotle, Xenophon", ["Plato", "Aristotle", "Xenophon"]),
        ("Voltaire", ["Voltaire"]),
        ("by Stephen King", ["Stephen King"]),
        ("Written by: Stephen King", ["Stephen King"]),
        ("von Stephen King", ["Stephen King"]),
        (" ,; & ", []),
    ],
)
def test_every_usual_separator_parts_the_names(text: str, names: list[str]) -> None:
    assert list(split_people(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("King, Stephen", ["Stephen King"]),
        ("Tolkien, J. R. R.", ["J. R. R. Tolkien"]),
        ("Tolkien, J.R.R., 1892-1973", ["J.R.R. Tolkien"]),
        ("Tolkien, J. R. R. (John Ronald Reuel), 1892-1973", ["J. R. R. Tolkien"]),
        ("Tolkien J.R.R.", ["J.R.R. Tolkien"]),
        ("Le Guin, Ursula K.", ["Ursula K. Le Guin"]),
        ("van der Berg, Jan Willem", ["Jan Willem van der Berg"]),
        ("García Márquez, Gabriel", ["Gabriel García Márquez"]),
        ("Conan Doyle, Arthur", ["Arthur Conan Doyle"]),
        ("Doyle, Sir Arthur Conan", ["Sir Arthur Conan Doyle"]),
        ("Poe, Edgar Allan", ["Edgar Allan Poe"]),
        ("Haggard, H. Rider", ["H. Rider Haggard"]),
        ("Bujold, Lois McMaster", ["Lois McMaster Bujold"]),
        ("McCaffrey, Anne Inez", ["Anne Inez McCaffrey"]),
        ("Homer, Robert Fagles", ["Homer", "Robert Fagles"]),
        ("Plato, Robin Waterfield", ["Plato", "Robin Waterfield"]),
        ("King, Stephen & Straub, Peter", ["Stephen King", "Peter Straub"]),
        ("King, Stephen; Straub, Peter", ["Stephen King", "Peter Straub"]),
        ("King, Stephen, Straub, Peter", ["Stephen King", "Peter Straub"]),
        ("King, Stephen, Peter Straub", ["Stephen King", "Peter Straub"]),
        ("Peter Straub, King, Stephen", ["Peter Straub", "Stephen King"]),
        ("Tolkien, J.R.R., Lewis, C.S.", ["J.R.R. Tolkien", "C.S. Lewis"]),
        ("Eddings, David & Leigh", ["David Eddings", "Leigh Eddings"]),
        ("David & Leigh Eddings", ["David Eddings", "Leigh Eddings"]),
        ("Arkady and Boris Strugatsky", ["Arkady Strugatsky", "Boris Strugatsky"]),
        ("Plato and Robin Waterfield", ["Plato", "Robin Waterfield"]),
        ("King, Martin Luther, Jr.", ["Martin Luther King Jr."]),
        ("King Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("Martin Luther King, Jr.", ["Martin Luther King Jr."]),
        ("Walter M. Miller, Jr., Terry Bisson", ["Walter M. Miller Jr.", "Terry Bisson"]),
        ("Толстой, Лев", ["Лев Толстой"]),
        ("Толстой, Лев Николаевич", ["Лев Николаевич Толстой"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Nesbø, Jo", ["Jo Nesbø"]),
        ("Saint-Exupéry, Antoine de", ["Antoine de Saint-Exupéry"]),
        ("Beauvoir, Simone de", ["Simone de Beauvoir"]),
        ("Goethe, Johann Wolfgang von", ["Johann Wolfgang von Goethe"]),
    ],
)
def test_a_comma_inside_a_name_is_told_from_one_between_names(text: str, names: list[str]) -> None:
    assert list(split_people(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Haruki Murakami, Philip Gabriel - translator", ["Haruki Murakami"]),
        ("Haruki Murakami, Philip Gabriel (translator)", ["Haruki Murakami"]),
        ("Haruki Murakami, Philip Gabriel [Translator]", ["Haruki Murakami"]),
        ("Haruki Murakami, translated by Philip Gabriel and Jay Rubin", ["Haruki Murakami"]),
        ("Haruki Murakami (translated by Philip Gabriel)", ["Haruki Murakami"]),
        ("Haruki Murakami; Philip Gabriel, translator", ["Haruki Murakami"]),
        ("Haruki Murakami narrated by Rupert Degas", ["Haruki Murakami"]),
        ("Haruki Murakami, read by Rupert Degas, Adam Sims", ["Haruki Murakami"]),
        ("Haruki Murakami, gelesen von David Nathan", ["Haruki Murakami"]),
        ("Haruki Murakami, aus dem Japanischen von Ursula Gräfe", ["Haruki Murakami"]),
        ("Haruki Murakami, übersetzt von Ursula Gräfe", ["Haruki Murakami"]),
        ("Haruki Murakami, lu par Cyril Laumonier", ["Haruki Murakami"]),
        ("Haruki Murakami, traduit par Hélène Morita", ["Haruki Murakami"]),
        ("Haruki Murakami, narrado por Juan Pérez", ["Haruki Murakami"]),
        ("Haruki Murakami, letto da Mario Rossi", ["Haruki Murakami"]),
        ("Haruki Murakami, voorgelezen door Jan de Vries", ["Haruki Murakami"]),
        ("Haruki Murakami, uppläst av Anna Svensson", ["Haruki Murakami"]),
        ("Author: Haruki Murakami, Narrator: Rupert Degas", ["Haruki Murakami"]),
        ("Autor: Haruki Murakami | Sprecher: David Nathan", ["Haruki Murakami"]),
        ("Haruki Murakami - Author, Rupert Degas - Narrator", ["Haruki Murakami"]),
        ("Haruki Murakami (Author), Rupert Degas (Narrator)", ["Haruki Murakami"]),
        ("Haruki Murakami (Author, Narrator)", ["Haruki Murakami"]),
        ("Seneca, with an introduction by Robin Campbell", ["Seneca"]),
        ("Seneca; Robin Campbell - Introduction and Translation", ["Seneca"]),
        ("Seneca, Foreword by Robin Campbell", ["Seneca"]),
        ("Gardner Dozois (editor)", ["Gardner Dozois"]),
        ("George R. R. Martin & Gardner Dozois (Eds.)", ["George R. R. Martin", "Gardner Dozois"]),
        ("Ed McBain", ["Ed McBain"]),
        ("Greenwood, Ed", ["Ed Greenwood"]),
        ("Piers Paul Read", ["Piers Paul Read"]),
        ("刘慈欣 著", ["刘慈欣"]),
        ("村上春樹（著）、柴田元幸（訳）", ["村上春樹"]),
        ("한강 지음", ["한강"]),
    ],
)
def test_translators_and_narrators_are_no_authors(text: str, names: list[str]) -> None:
    assert list(split_people(text)) == names


@pytest.mark.parametrize("text", ["Narrated by Rupert Degas", "Read by: Rupert Degas", "Rupert Degas (Narrator)"])
def test_a_list_of_narrators_alone_names_them(text: str) -> None:
    assert split_people(text) == ("Rupert Degas",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stephen King Collection", "Stephen King"),
        ("J.R.R. Tolkien Audiobook Collection", "J.R.R. Tolkien"),
        ("The Complete Works of Jane Austen", "Jane Austen"),
        ("Jane Austen's Complete Novels", "Jane Austen"),
        ("Agatha Christie (Complete)", "Agatha Christie"),
        ("Ballantine Books", "Ballantine Books"),
        ("Best Short Stories", "Best Short Stories"),
    ],
)
def test_a_folder_of_works_names_their_author(text: str, name: str) -> None:
    assert split_people(text) == (name,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Haruki Murakami, Philip Gabriel - translator", ["Haruki Murakami", "Philip Gabriel"]),
        ("Narrated by Rupert Degas & Adam Sims", ["Rupert Degas", "Adam Sims"]),
        ("Gelesen von David Nathan", ["David Nathan"]),
        ("Kate Reading, Michael Kramer", ["Kate Reading", "Michael Kramer"]),
    ],
)
def test_everybody_is_named_where_roles_are_kept(text: str, names: list[str]) -> None:
    assert list(split_people(text, keep_roles=True)) == names

"""What people may write under `shelve.folder` and `shelve.file`, and what they are told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audiobook_daemon.config import Configuration

Configure = Callable[..., Configuration]
Mistakes = Callable[..., list[str]]


def folder(template: str) -> str:
    return f"shelve:\n  folder: '{template}'\n"


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{author}/{titel}", "has the unknown field titel; did you mean title"),
        ("{Author}/{title}", "has no field in {Author}; did you mean author"),
        ("{author}/{title}{ [asn]}", "has the unknown field asn; did you mean asin?"),
        ("{author}/{series - titel}/{title}", "has the unknown field titel"),
        ("{author}/{title} {-}", "has no field in {-}; known are asin, author"),
        ("{author}/{title", "has a { without its }, at character 10"),
        ("author}/{title}", "has a } without its {, at character 7"),
        ("{author}/{series/}{title}", "has a / within braces"),
        ("/{author}/{title}", "should begin and end with a name"),
        ("{author}//{title}", "should begin and end with a name, and have one between any two slashes"),
        ("{author}/{title}/", "should begin and end with a name"),
        ("{author}/.books/{title}", "has a name that begins with a dot, which hides it"),
        ("../{author}/{title}", "has a name that begins with a dot"),
        ("{author}/{title}: {year}", "has a :, which not every file system takes in a name"),
        ("{author}\\{title}", "has a \\; folders are divided by /"),
        ("{author}/{year:00} {title}", "has zeros behind year, which is no number"),
        ("{author}/{series}", "should have {title} in its last folder: books that share a folder are one book"),
        ("{author}", "audio in an author's folder makes one book of everything below it"),
        ("{author}/{title}/{narrator}", "should have {title} in its last folder"),
        ("{author}/{part} {title}", "has no field in {part}"),
    ],
)
def test_a_mistake_in_a_template_is_told_at_its_place(mistakes: Mistakes, template: str, sentence: str) -> None:
    (told,) = mistakes(folder(template))
    assert told.startswith("daemon.yaml:2:11: shelve.folder: ")
    assert sentence in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("shelve: {file: '{part}/{title}'}", "1:16: shelve.file: should be one name without /"),
        ("shelve: {file: '{prt}'}", "1:16: shelve.file: has the unknown field prt; did you mean part"),
        ("shelve: {folder: {author}}", "1:10: shelve.folder: should stand in quotes"),
        ("shelve:\n  folder: {author}/{title}", "2:19: text that begins with { has to stand in quotes"),
        ("shelve: {longest_name: 250}", "1:24: shelve.longest_name: should be less than or equal to 240"),
    ],
)
def test_further_mistakes_of_names(mistakes: Mistakes, text: str, told: str) -> None:
    assert mistakes(text)[0].startswith(f"daemon.yaml:{told}")


@pytest.mark.parametrize(
    ("template", "sentences"),
    [
        ("{authors}/{series}/{Book position - }{title}{ [asin]}", ()),
        ("{author}/{series}/{position:00 - }{year - }{title}{ - subtitle} {{narrator}}", ()),
        ("{author}/{series}/{position}. {title}", ()),
        ("{title}", ("will know no author, for there is no folder of one",)),
        ("{author}/{year}/{title}", ("Audiobookshelf takes {year} for the series",)),
        (
            "{language}/{author}/{series}/{title}",
            (
                "for a book without a series, Audiobookshelf takes {language} for the author; it reads the last three",
                "for a book without a series, Audiobookshelf takes {author} for the series",
            ),
        ),
        ("{author}/{series}/{position} {title}", ("takes '7 Title' for the title; it reads {author}/{series}/{Book ",)),
        ("{author}/{series} {position} - {title}", ("takes 'Series 7 - Title' for the title",)),
        ("{author}/{title} {narrator}", ("takes 'Title Narrator' for the title",)),
        ("{author}/{title}{ (edition)}", ("takes 'Title (Edition)' for the title",)),
        ("{author}/{series}/Book {position} - {title}", ("'Book' stays where there is no position; write it within",)),
    ],
)
def test_what_the_library_will_misread_is_a_warning(
    configure: Configure, template: str, sentences: tuple[str, ...]
) -> None:
    warnings = configure(folder(template)).warnings
    assert len(warnings) == len(sentences)
    for warning, sentence in zip(warnings, sentences, strict=True):
        assert (warning.line, warning.column, warning.path) == (2, 11, "shelve.folder")
        assert sentence in warning.message


def test_a_template_is_shown_as_it_was_written(configure: Configure) -> None:
    shelve = configure(folder("{author}/{title}") + "  file: '{part - }{title}'").shelve
    assert (str(shelve.folder), str(shelve.file)) == ("{author}/{title}", "{part - }{title}")
    assert shelve.model_dump(mode="json")["folder"] == "{author}/{title}"
    assert configure("shelve: {}").shelve.model_dump(mode="json")["file"] is None

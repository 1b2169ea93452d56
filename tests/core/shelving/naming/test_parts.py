"""The files of a book: names that are unique everywhere and sort into the reading order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Book, TorrentFile
from audiobook_daemon.config.templates import FILE_FIELDS, read_template
from audiobook_daemon.shelving import Located, Naming, natural_key, part_names
from audiobook_daemon.shelving.naming import folded

BOOK = Book("Solo", ("Ann Bell",))


def located(paths: Sequence[str]) -> list[Located]:
    return [Located(TorrentFile(path, 1), Path("/seeding") / path) for path in paths]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["B/Solo.M4B"], ["Solo.m4b"]),
        (["B/Part 2.mp3", "B/Part 10.mp3"], ["Part 2.mp3", "Part 10.mp3"]),
        (["B/CD 1/01.mp3", "B/CD 2/01.mp3"], ["01 - 01.mp3", "02 - 01.mp3"]),
        (["B/z.mp3", "B/a.mp3"], ["01 - z.mp3", "02 - a.mp3"]),
        (["B/001 One.mp3", "B/One.mp3", "B/one.mp3"], ["01 - 001 One.mp3", "02 - One.mp3", "03 - one.mp3"]),
        (["B/e\u0301.mp3", "B/\u00e9.mp3"], ["01 - \u00e9.mp3", "02 - \u00e9.mp3"]),
        (["B/One?.mp3", "B/One.mp3"], ["01 - One.mp3", "02 - One.mp3"]),
        (["B/\u00b2.mp3"], ["\u00b2.mp3"]),
        (["B/???.mp3"], ["Part 1.mp3"]),
    ],
)
def test_files_keep_their_names_unless_order_or_a_file_system_forbids(paths: list[str], names: list[str]) -> None:
    assert list(part_names(located(paths))) == names


@pytest.mark.parametrize(
    ("template", "paths", "names"),
    [
        ("{part - }{title}", ["B/x.m4b"], ["Solo.m4b"]),
        ("{part - }{title}", ["B/x.mp3", "B/y.mp3"], ["1 - Solo.mp3", "2 - Solo.mp3"]),
        ("{title}", ["B/x.mp3", "B/y.mp3"], ["01 - Solo.mp3", "02 - Solo.mp3"]),
        ("{title}{ - part}", ["B/x.mp3", "B/y.mp3"], ["Solo - 1.mp3", "Solo - 2.mp3"]),
        ("{author} - {name}", ["B/a.mp3", "B/b.mp3"], ["Ann Bell - a.mp3", "Ann Bell - b.mp3"]),
        ("{series}", ["B/a.mp3"], ["Part 1.mp3"]),
    ],
)
def test_files_are_named_by_their_template(template: str, paths: list[str], names: list[str]) -> None:
    naming = Naming(files=read_template(template, FILE_FIELDS))
    assert list(naming.parts(located(paths), BOOK)) == names


STEMS = st.lists(
    st.text("aAbB019 .-?\u0301\u00e9\u200d", min_size=1, max_size=8) | st.text(min_size=1, max_size=60),
    min_size=1,
    max_size=12,
)
TEMPLATES = st.sampled_from([None, "{title}", "{part - }{title}", "{name}", "{title}{ (part)}"])


@given(STEMS, TEMPLATES, st.booleans())
def test_names_are_unique_everywhere_and_sort_into_the_reading_order(
    stems: list[str], template: str | None, in_folders: bool
) -> None:
    audio = located(
        [f"B/{f'CD {place}/' if in_folders else ''}{stem.replace('/', '')}.mp3" for place, stem in enumerate(stems)]
    )
    naming = Naming(files=read_template(template, FILE_FIELDS) if template else None, longest_name=60)
    names = naming.parts(audio, BOOK)
    assert sorted(names, key=natural_key) == list(names)
    assert len({folded(name) for name in names}) == len(names)
    assert all(len(name.encode()) <= 60 and "/" not in name and name[0] != "." for name in names)
    assert all(name.endswith(".mp3") for name in names)

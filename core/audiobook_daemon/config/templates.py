"""The small language in which people write how folders and files are named.

`{title}` stands for a value. Text inside the braces belongs to the value and goes when the value is not known:
`{Book position - }` is `Book 2 - ` or nothing, `{ [asin]}` is ` [B002V1A0WE]` or nothing. Braces within braces are
written: `{{narrator}}` is `{Ray Porter}` or nothing. A number can get zeros: `{position:00}`. A `/` divides folders.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from audiobook_daemon.config.mistakes import nearest, suggestion

ALWAYS = frozenset({"author", "authors", "title"})
"""The fields that every book has, if only as `Unknown Author`."""
FOLDER_FIELDS = ALWAYS | {
    *("series", "position", "subtitle", "narrator", "narrators", "year", "asin", "isbn", "publisher", "language"),
    *("format", "bitrate", "edition"),
}
FILE_FIELDS = FOLDER_FIELDS | {"part", "name"}
_NUMBERS = frozenset({"position", "part"})
_WORD = re.compile(r"(?P<name>[A-Za-z_]+)(?P<zeros>:0+)?")
_SLIP_OF_THE_PEN = 0.75
_NEVER_IN_NAMES = re.compile(r'[<>:"|?*\\\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Field:
    """The place of a value; `digits` is the least length of a number, filled up with zeros."""

    name: str
    digits: int = 0


Group: TypeAlias = tuple[str | Field, ...]
"""What stood in one pair of braces: fields, and the text that comes and goes with them."""
Level: TypeAlias = tuple[str | Group, ...]
"""One name of a folder or file: text that stays, and groups."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template that has been read; `text` is what was written."""

    text: str
    levels: tuple[Level, ...]

    def __str__(self) -> str:
        return self.text


def fields_of(level: Level) -> frozenset[str]:
    """Name the fields of one level."""
    groups = [group for group in level if not isinstance(group, str)]
    return frozenset(part.name for group in groups for part in group if isinstance(part, Field))


def read_template(text: str, fields: Collection[str] = FOLDER_FIELDS) -> Template:
    """Read a template that may use these fields; raises ValueError with a sentence."""
    return Template(text, tuple(tuple(_pieces(level, fields)) for level in _levels(text)))


def _levels(text: str) -> Iterator[str]:
    """Divide at every `/` that stands outside of braces."""
    start = depth = 0
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth < 0:
            raise ValueError(f"has a }} without its {{, at character {place + 1}")
        if char == "/" and depth:
            raise ValueError("has a / within braces; write it behind them, for a folder without a name is left out")
        if char == "/":
            yield text[start:place]
            start = place + 1
    if depth:
        raise ValueError(f"has a {{ without its }}, at character {text.rindex('{') + 1}")
    yield text[start:]


def _pieces(level: str, fields: Collection[str]) -> Iterator[str | Group]:
    if not level.strip():
        raise ValueError("should begin and end with a name, and have one between any two slashes")
    if level.lstrip().startswith("."):
        raise ValueError("has a name that begins with a dot, which hides it from libraries")
    rest = level
    while rest:
        before, opened, rest = rest.partition("{")
        if before:
            yield _text(before)
        if opened:
            end = _closing(rest)
            yield _group(rest[:end], fields)
            rest = rest[end + 1 :]


def _closing(text: str) -> int:
    depth = 1
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if not depth:
            return place
    raise AssertionError("braces were counted before")


def _group(text: str, fields: Collection[str]) -> Group:
    parts: list[str | Field] = []
    end = 0
    for word in _WORD.finditer(text):
        name = word["name"]
        if name in fields:
            parts += [_text(text[end : word.start()]), _field(name, len(word["zeros"] or ":") - 1)]
            end = word.end()
        elif name.islower() and difflib.get_close_matches(name, fields, 1, _SLIP_OF_THE_PEN):
            raise ValueError(f"has the unknown field {name}{nearest(name, fields)}")
    if not parts:
        found = _WORD.search(text)
        raise ValueError(f"has no field in {{{text}}}{suggestion(found['name'] if found else '', fields)}")
    return tuple(part for part in (*parts, _text(text[end:])) if part)


def _field(name: str, digits: int) -> Field:
    if digits and name not in _NUMBERS:
        raise ValueError(f"has zeros behind {name}, which is no number")
    return Field(name, digits)


def _text(text: str) -> str:
    if found := _NEVER_IN_NAMES.search(text):
        char = found[0]
        hint = "; folders are divided by /" if char == "\\" else ", which not every file system takes in a name"
        raise ValueError(f"has a {char if char.isprintable() else 'control character'}{hint}")
    return text


def _folder(value: object) -> Template:
    template = _read(value, FOLDER_FIELDS)
    if "title" not in fields_of(template.levels[-1]):
        raise ValueError(
            "should have {title} in its last folder: books that share a folder are one book to the library, "
            "and audio in an author's folder makes one book of everything below it"
        )
    return template


def _file(value: object) -> Template | None:
    if value is None:
        return None
    template = _read(value, FILE_FIELDS)
    if len(template.levels) > 1:
        raise ValueError("should be one name without /, for the files of a book lie side by side")
    return template


def _read(value: object, fields: Collection[str]) -> Template:
    if isinstance(value, Template):
        return value
    if not isinstance(value, str):
        raise ValueError('should stand in quotes, as in "{author}/{title}": without them { begins a section')  # noqa: TRY004
    return read_template(value, fields)


FolderTemplate = Annotated[
    Template,
    BeforeValidator(_folder),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["{author}/{series}/{Book position - }{title}{ [asin]}"]}),
]
FileTemplate = Annotated[
    Template | None,
    BeforeValidator(_file),
    PlainSerializer(lambda value: None if value is None else str(value)),
    WithJsonSchema({"type": ["string", "null"], "examples": ["{part - }{title}"]}),
]

"""Turns names of files and of scene releases into the spaced texts they stand for."""

from __future__ import annotations

import re

from audiobook_daemon.matching.parse.vocabulary import ARCHIVES, EXTENSIONS

_EXTENSION = re.compile(r"\.([a-z0-9]{2,7})$", re.IGNORECASE)
_DOT = re.compile(r"(?<!\s)\.(?=\S)(?!(?<=\d\.)\d{1,2}(?!\d))")
_ABBREVIATION = re.compile(r"(?:[^\W_]\.)+[^\W_]?")
_STANDS_FOR_BLANK = re.compile(r"(?<=[\w)\]}'’!?&,-])[._](?=[\w\-\[({'’&])")
_STANDS_FOR_COLON = re.compile(r"(?<=\w)_(?=\s)")
_STANDS_FOR_DASH = re.compile(r"(?<=\s)_(?=\s)")
_MOST_EXTENSIONS = 3
_BLANKS = re.compile(r"\s+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")
_CAMEL = re.compile(r"(?:[A-Z][a-z]+){2,6}-(?:[A-Z][a-z]*|\d+)+")
_INITIALS = re.compile(r"^((?:[A-Z]\.){2,4})(?=[A-Z][a-z])")


def without_extension(name: str) -> tuple[str, str | None]:
    """A name without the extension of a media file or archive, and the extension in lower case."""
    extension = None
    for _ in range(_MOST_EXTENSIONS):
        found = _EXTENSION.search(name, max(0, len(name) - 10))
        if found is None or found[1].lower() not in EXTENSIONS or found.start() == 0:
            break
        extension = found[1].lower() if extension is None or extension in ARCHIVES else extension
        name = name[: found.start()]
    return name, extension


def is_dotted(name: str) -> bool:
    """Whether dots or underscores stand for the blanks."""
    text = name.strip()
    written = any(char.isspace() for char in text) or bool(_ABBREVIATION.fullmatch(text))
    return not written and bool(_STANDS_FOR_BLANK.search(text))


def spaced(name: str) -> str:
    """A name with blanks for what stands for them; underscores beside blanks stand for dashes and colons."""
    if is_dotted(name):
        initials = _INITIALS.match(name)
        begin = initials.end() if initials else 0
        rest = _DOT.sub(" ", name[begin:].rstrip(".-_")).replace("_", " ")
        name = f"{name[:begin]} {rest}"
    elif "_" in name:
        name = _STANDS_FOR_COLON.sub(":", _STANDS_FOR_DASH.sub("-", name)).replace("_", " ")
    elif _CAMEL.fullmatch(name):
        name = " - ".join(_HUMP.sub(" ", part) for part in name.split("-"))
    return _BLANKS.sub(" ", name).strip()

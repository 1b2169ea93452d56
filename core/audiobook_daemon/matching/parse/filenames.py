"""Turns names of files and of scene releases into the spaced texts they stand for."""

from __future__ import annotations

import re

from audiobook_daemon.matching.parse.vocabulary import ARCHIVES, EXTENSIONS

_EXTENSION = re.compile(r"\.([a-z0-9]{2,7})$", re.IGNORECASE)
_DOT = re.compile(r"(?<!\s)\.(?=\S)(?!(?<=\d\.)\d(?!\d{3}))")
_BLANKS = re.compile(r"\s+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")


def without_extension(name: str) -> tuple[str, str | None]:
    """A name without the extension of a media file or archive, and the extension in lower case."""
    extension = None
    while (found := _EXTENSION.search(name)) and found[1].lower() in EXTENSIONS and found.start() > 0:
        extension = found[1].lower() if extension is None or extension in ARCHIVES else extension
        name = name[: found.start()]
    return name, extension


def is_dotted(name: str) -> bool:
    """Whether dots or underscores stand for the blanks."""
    text = name.strip()
    return " " not in text and len(re.findall(r"(?<=\w)[._](?=[\w\-\[(])", text)) > 0


def spaced(name: str) -> str:
    """A name with blanks for the dots and underscores that stand for them; other texts stay as they are."""
    if not is_dotted(name):
        return name
    return _BLANKS.sub(" ", _DOT.sub(" ", name).replace("_", " ")).strip()


def split_humps(name: str) -> str:
    """`TheWayOfKings` with blanks between its words."""
    return _HUMP.sub(" ", name)

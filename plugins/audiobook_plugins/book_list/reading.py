"""Makes text of bytes and tells what kind of list it is. Pure, and slow enough to be run in a thread."""

from __future__ import annotations

import codecs
import json
import re

from audiobook_daemon import Unavailable
from audiobook_plugins.book_list.entries import Contents
from audiobook_plugins.book_list.lines import read_lines
from audiobook_plugins.book_list.tables import read_table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""How a text in an encoding begins; the longer marks before those they begin with."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def read_list(content: bytes, name: str) -> Contents:
    """Read a list; raises Unavailable for what is none."""
    text = decoded(content)
    if _WEB_PAGE.match(text):
        raise Unavailable(f"The list {name} is a web page; it may want a login, or the address of the file itself.")
    if "\x00" in text[:4096]:
        raise Unavailable(f"The list {name} is no text; save it as CSV or as plain text.")
    if _is_json(text):
        raise Unavailable(f"The list {name} is JSON; save it as CSV or as plain text.")
    lines = _LINE_END.split(text.replace("\x00", ""))  # which no database takes
    return read_table(lines) or read_lines(lines)


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in {"[", "{"}:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def decoded(content: bytes) -> str:
    """Read the text in the encoding that it begins with, else as UTF-8, else as Windows writes western languages."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

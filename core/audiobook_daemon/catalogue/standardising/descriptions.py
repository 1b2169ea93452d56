"""Descriptions: the markup that libraries keep, no spare blanks, no lines that only advertise."""

from __future__ import annotations

import re

from audiobook_daemon.catalogue.markup import has_markup, kept_markup, plain_text
from audiobook_daemon.models import FieldValue

_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_EMPTY = re.compile(r"<(p|b|i|del|li|ul|ol|a)(?: [^<>]*)?>(?:\s|<br>)*</\1>")
_BREAKS = re.compile(r"(?:\s*<br>\s*){3,}")
_EDGE_BREAKS = re.compile(r"(?:(?<=<p>)(?:\s|<br>)+|(?:\s|<br>)+(?=</p>))")
_BLOCK = re.compile(r"<p>.*?</p>|<(ul|ol)>.*?</\1>|[^<]+(?:<(?!/?(?:p|ul|ol)>)[^<>]*>[^<]*)*", re.DOTALL)
_PARAGRAPHS = re.compile(r"\n\s*\n")
_ADVERTISING = re.compile(
    r"(?:visit|see|more at|follow (?:us|the author)|sign up|subscribe|download(?:ed)? (?:from|at|more)|get it at)\b"
    r".{0,160}"
    r"|(?:https?://|www\.)\S{1,200}"
    r"|(?:©|\(c\)|℗|\(p\)|copyright)\s?\d{4}.{0,300}"
    r"|please note:? when you purchase.{0,300}"
    r"|(?:uploaded|ripped|shared|posted) by\b.{0,100}",
    re.IGNORECASE | re.DOTALL,
)
_TELLS_OF_SITE = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|net|org)\b", re.IGNORECASE)
_MOST_ENDINGS = 5


def tidy_description(value: FieldValue) -> FieldValue:
    """The text in paragraphs; without tags it stays without them unless it has several paragraphs."""
    if not isinstance(value, str):
        return value
    if not has_markup(value) and "\n" not in value.strip():
        return _SPACES.sub(" ", value).strip()
    text = kept_markup(value if has_markup(value) else _in_paragraphs(value))
    text = _SPACES.sub(" ", text.replace("\n", " "))
    text = _BREAKS.sub("<br><br>", text)
    text = _EDGE_BREAKS.sub("", text)
    while (bare := _EMPTY.sub("", text)) != text:
        text = bare
    return _without_advertising(text).strip() or value


def _in_paragraphs(text: str) -> str:
    paragraphs = (paragraph.strip().replace("\n", "<br>") for paragraph in _PARAGRAPHS.split(text.strip()))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)


def _without_advertising(text: str) -> str:
    """The text without the last blocks that only advertise; what stands amid the text stays."""
    for _ in range(_MOST_ENDINGS):
        blocks = list(_BLOCK.finditer(text))
        if len(blocks) < 2 or not _advertises(plain_text(blocks[-1][0])):
            return text
        text = text[: blocks[-1].start()].rstrip()
    return text


def _advertises(line: str) -> bool:
    bare = " ".join(line.split())
    found = _ADVERTISING.fullmatch(bare)
    if found is None:
        return False
    return (
        bare[:1] in "©(℗" or not bare[:1].isalpha() or bool(_TELLS_OF_SITE.search(bare)) or "purchase" in bare.lower()
    )

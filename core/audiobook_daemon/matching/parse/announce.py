"""Reads the lines by which trackers announce new torrents in their chat rooms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.parse.content import Content, content_type
from audiobook_daemon.matching.people import split_people
from audiobook_daemon.matching.sizes import parse_size
from audiobook_daemon.matching.text import words

_COLOURS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|[\x00-\x02\x04-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
_BEGIN = re.compile(r"(?:^|\s)New\s+(?:Torrent|Upload)(?:\s+Announcement)?\s*:\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?<!\S)(?P<label>By|Author|Authors|Narrator|Narrators|Narrated by|Series|Category|Size|Filetype|File type|Format"
    r"|Language|Link|Url|Tags|Uploader|Uploaded by)\s*:\s*"
    r"(?:\((?P<bracketed>[^()]*(?:\([^()]*\)[^()]*)*)\)|(?=\S))",
    re.IGNORECASE,
)
_ID = re.compile(r"/(?:t|torrent|torrents|details)/(?:[\w-]+[./])?(\d{1,12})|[?&](?:id|tid)=(\d{1,12})", re.IGNORECASE)
_LINK = re.compile(r"\bhttps?://\S{1,500}", re.IGNORECASE)
_FORMATS = re.compile(r"[\s,;/|+&]+")
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Announcement:
    """A torrent as its tracker announces it; what is not said is None."""

    claims: Claims
    """Title (with all that the uploader wrote into it), authors, narrators, formats, language."""
    id: str | None = None
    """The torrent's number at the tracker."""
    category: str | None = None
    """As the tracker calls it (`Audiobooks - Fantasy`)."""
    content: Content = Content.UNKNOWN
    """What the category holds."""
    size: str | None = None
    """As printed (`401.33 MiB`)."""
    language: str | None = None
    """As printed (`English`)."""
    vip: bool = False
    freeleech: bool = False

    @property
    def bytes(self) -> int | None:
        """The size in bytes."""
        return parse_size(self.size) if self.size else None


def read_announcement(line: str) -> Announcement | None:
    """Read one line of an announce channel; None when it announces no torrent."""
    text = _BLANKS.sub(" ", _COLOURS.sub(" ", line[:_LONGEST])).strip()
    begin = _BEGIN.search(text)
    if begin is None:
        return None
    title, fields, rest = _cut(text[begin.end() :])
    link = _LINK.search(fields.get("link") or fields.get("url") or rest)
    if not title or not (link or "category" in fields):
        return None
    marks = set(words(rest))
    category, language = fields.get("category"), fields.get("language")
    return Announcement(
        claims=_claims(title, fields),
        id=_id(link[0]) if link else None,
        category=category,
        content=content_type("", category) if category else Content.UNKNOWN,
        size=fields.get("size"),
        language=language,
        vip="vip" in marks,
        freeleech=bool(marks & {"freeleech", "fl"}) or {"free", "leech"} <= marks,
    )


def _cut(text: str) -> tuple[str, dict[str, str], str]:
    """Title, labelled fields, and what follows the last of them.

    A label within a title (`Stand By: Me`) is the title's own: the fields are those from the last `By` before the first
    label whose value stands in brackets.
    """
    found = list(_LABEL.finditer(text))
    first = next((place for place, label in enumerate(found) if label["bracketed"] is not None), len(found))
    by = [place for place in range(first) if found[place]["label"].casefold() in {"by", "author", "authors"}]
    found = found[by[-1] if by else first :]
    if not found:
        return text.strip(), {}, ""
    fields: dict[str, str] = {}
    end = len(text)
    for place, label in enumerate(found):
        following = found[place + 1].start() if place + 1 < len(found) else len(text)
        end = min(label.end(), len(text)) if label["bracketed"] is not None else following
        value = label["bracketed"] if label["bracketed"] is not None else text[label.end() : following]
        fields.setdefault(label["label"].casefold().replace(" ", ""), value.strip(" -|"))
    if found[-1]["bracketed"] is None and (link := _LINK.search(text, found[-1].end())):
        end = link.end()
    return text[: found[0].start()].strip(" -|'\""), {key: value for key, value in fields.items() if value}, text[end:]


def _claims(title: str, fields: dict[str, str]) -> Claims:
    people = fields.get("by") or fields.get("author") or fields.get("authors") or ""
    readers = fields.get("narrator") or fields.get("narrators") or fields.get("narratedby") or ""
    formats = fields.get("filetype") or fields.get("format") or ""
    return Claims(
        title=title,
        authors=split_people(people),
        narrators=split_people(readers, keep_roles=True),
        formats=tuple(name.lower().lstrip(".") for name in _FORMATS.split(formats) if name),
        language=language_code(fields.get("language", "")),
    )


def _id(link: str) -> str | None:
    found = _ID.search(link)
    return (found[1] or found[2]) if found else None

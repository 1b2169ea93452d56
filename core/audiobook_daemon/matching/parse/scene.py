"""Takes the tail of scene releases off (`-AUDIOBOOK-WEB-2019-GRP`), with the group that made them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.claiming import NOTHING, merged
from audiobook_daemon.matching.parse.filenames import is_dotted, spaced
from audiobook_daemon.matching.parse.remarks import peel, read_remark, scan
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.matching.people import person_likelihood

_HYPHEN = re.compile(r"[\[({][^\[\](){}]{0,100}[\])}]|(?<=\S)(-)(?=\S)")
_SPACED_DASH = re.compile(r"(?<=\w)[._\s]+[-–—]+[._\s]+(?=\S)")
_GROUP = re.compile(r"[A-Za-z0-9]{2,20}")
_LOUD_GROUP = re.compile(r"[A-Z0-9]*[A-Z]{3}[A-Z0-9]*")
_PLAUSIBLE = 0.6
_LIKELY = 0.55


@dataclass(frozen=True, slots=True)
class Undressed:
    """A release title in plain spaced text, with what its scene tail claimed."""

    text: str
    claims: Claims
    authors_first: bool = False
    """Whether it is a scene release, which always begins with the author."""


def undress(title: str, known: Sequence[str] = ()) -> Undressed:
    """Bring a release title into spaced text without the hyphened tail of scene releases.

    `known` are the authors that it was searched by; a hyphen in their names parts nothing.
    """
    dotted = is_dotted(title) or (" " not in title and "-" in title)
    head, claims = _cut_tail(title, dotted=dotted)
    if _SPACED_DASH.search(head):
        return Undressed(spaced(head), claims, dotted and claims.group is not None)
    pieces = [spaced(piece) for piece in _fields(head)]
    fields = claims.group is not None and any(" " in piece for piece in pieces)
    if (
        (dotted and (claims != NOTHING or (len(pieces) == 2 and is_dotted(head))))
        or fields
        or _are_fields(pieces, known)
    ):
        return Undressed(" - ".join(_unsplit(pieces)), claims, dotted and claims.group is not None)
    return Undressed(spaced(head), claims)


def _fields(text: str) -> list[str]:
    """The stretches between hyphens without blanks, those within brackets apart."""
    fields: list[str] = []
    begin = 0
    for found in _HYPHEN.finditer(text):
        if found[1]:
            fields.append(text[begin : found.start()])
            begin = found.end()
    return [*fields, text[begin:]]


def _cut_tail(title: str, *, dotted: bool) -> tuple[str, Claims]:
    pieces = _fields(title)
    begin = len(pieces)
    while begin > 1 and _is_short(pieces[begin - 1]):
        begin -= 1
    while begin < len(pieces) and not _is_tail(pieces[begin]):
        begin += 1
    if begin == len(pieces):
        return _cut_group(title, pieces, dotted=dotted) if len(pieces) > 1 else (title, NOTHING)
    claims, group = NOTHING, None
    for piece in pieces[begin:]:
        remark = read_remark(spaced(piece), codes=True)
        if remark is not None:
            claims = merged(claims, remark)
        elif group is None:
            group = piece.split("_")[0].strip("()[]{}")
    return "-".join(pieces[:begin]), merged(claims, Claims(group=group))


def _cut_group(title: str, pieces: list[str], *, dotted: bool) -> tuple[str, Claims]:
    """A last piece is a group behind remarks (`RETAIL.EPUB-GRP`), or in loud capitals behind a quiet title."""
    last, head = pieces[-1].strip(), "-".join(pieces[:-1])
    if not _GROUP.fullmatch(last):
        return title, NOTHING
    plain = spaced(head)
    if peel(plain)[0] != plain or plain.endswith(("]", ")", "}")):
        return head, Claims(group=last)
    loud = len(last) > 3 and _LOUD_GROUP.fullmatch(last) and not head.isupper()
    return (head, Claims(group=last)) if loud and (dotted or " " in head) else (title, NOTHING)


def _is_tail(piece: str) -> bool:
    found = scan(spaced(piece).strip("()[]{} "), codes=True)
    if not found.remarks or found.gaps:
        return False
    loud = piece.upper() == piece and any(char.isalpha() for char in piece)
    return loud or any(remark.weight > Weight.LOOSE for remark in found.remarks)


def _is_short(piece: str) -> bool:
    """Whether a piece can stand in a tail: a remark, or a group's name without blanks."""
    return (" " not in piece and "." not in piece) or _is_tail(piece)


def _are_fields(pieces: list[str], known: Sequence[str]) -> bool:
    """Whether hyphens without blanks part author and title (`jules verne-20,000 leagues under the sea`)."""
    if any("-" in name for name in known):
        return False
    if len(pieces) == 2:
        return all(" " in piece for piece in pieces) and person_likelihood(pieces[0]) > _LIKELY
    return len(pieces) > 2 and " " in pieces[0] and any(_is_tail(piece) for piece in pieces[1:])


def _unsplit(pieces: list[str]) -> list[str]:
    """Join what hyphens within words cut apart (`Jussi Adler` + `Olsen`, `Catch` + `22`); two fields are the rule."""
    if len(pieces) < 3 or any(_is_tail(piece) for piece in pieces[1:]):
        return pieces
    first, second, third = pieces[0], pieces[1], pieces[2]
    if " " not in first and " " in second and person_likelihood(f"{first}-{second}") >= _PLAUSIBLE:
        return [f"{first}-{second}", "-".join(pieces[2:])]
    if " " not in second and " " in third and not second.isdigit():
        return [f"{first}-{second}", "-".join(pieces[2:])]
    numbered = second[-1:].isdigit() and " " in second
    return [first, second, "-".join(pieces[2:])] if numbered else [first, "-".join(pieces[1:])]

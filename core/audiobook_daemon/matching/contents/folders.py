"""Knows which folders are books and which are only pieces of the book above them (discs, parts, sides)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon.matching.contents.audio import WHOLE_BOOKS, AudioFile
from audiobook_daemon.matching.contents.marks import Kind, find_marks
from audiobook_daemon.matching.contents.matter import matter_rank
from audiobook_daemon.matching.contents.tokens import tokenise
from audiobook_daemon.matching.text import words

Folder = tuple[str, ...]
"""The parts of a folder's path."""
PIECE_KINDS = frozenset({Kind.DISC, Kind.SIDE, Kind.PART, Kind.TRACK})
_BARE_NUMBERS = re.compile(r"\s*(\d{1,3})\.?\s*(?:(?:-|–|to|bis)\s*(\d{1,3})\.?\s*)?")
_MEDIA = frozenset(
    words("""
        audio audiobook audiobooks audios hörbuch hoerbuch hörbücher livre libro mp3 mp3s m4b m4a m4bs aac flac ogg opus
        wma wav files file tracks track chapters chapter kapitel discs disc disks disk cds cd parts part tapes
    """)
)
_SAYS_NOTHING = _MEDIA | frozenset(
    words("""
        book books ebook ebooks volume vol side tape download downloads downloaded incoming completed complete torrent
        torrents unsorted unknown misc miscellaneous various temp tmp new folder untitled music media library import
        imports inbox upload uploads kbps kbit mp4 neuer ordner nouveau dossier
    """)
)
_BIT_RATE = re.compile(r"\d{2,3}\s?k(?:bps|bit|bits|b)?(?:/s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """What the name of a folder says when it is a piece of a book."""

    base: tuple[str, ...]
    """The words before the mark: the title of the book, if any."""
    tail: tuple[str, ...]
    number: tuple[str, int]
    """Kind and number."""


@dataclass(frozen=True, slots=True)
class Home:
    """The book's folder that a file belongs to, whatever pieces lie between."""

    key: tuple[tuple[str, ...], ...]
    pieces: Folder = ()
    """The innermost folder that is a piece of the book; empty for a file that lies in the book's folder itself."""


def is_generic_folder(name: str) -> bool:
    """Whether the name of a folder says nothing about the book in it (`CD 2`, `Part 1`, `Vol. 3`, `MP3`)."""
    for mark in reversed(find_marks(name)):
        name = f"{name[: mark.start]} {name[mark.end :]}"
    said = words(_BIT_RATE.sub(" ", name))
    if all(word.isdecimal() for word in said):
        return sum(map(len, said)) < 3
    return all(word in _SAYS_NOTHING or word.isdecimal() for word in said)


def read_piece(name: str) -> Piece | None:
    """What a name says if it is marked as a disc, side, part or chapter; else None."""
    tokens = tokenise(name)
    for place, token in enumerate(tokens):
        if token.mark in PIECE_KINDS and token.value is not None:
            before = list(tokens[: place - 1])
            if before and before[0].value is not None and before[0].mark is None:
                before = before[1:]  # what orders the folders is no title
            tail = tuple(after.text for after in tokens[place + 1 :] if after.value is None and after.mark is None)
            return Piece(tuple(word.text for word in before), tail, (str(token.mark), token.value))
    return None


def find_homes(files: Sequence[AudioFile]) -> dict[Folder, Home]:
    """The home of every folder that holds one of the files."""
    folders = {file.folders[:depth] for file in files for depth in range(len(file.folders) + 1)}
    direct: dict[Folder, list[AudioFile]] = defaultdict(list)
    children: dict[Folder, list[str]] = defaultdict(list)
    for file in files:
        direct[file.folders].append(file)
    for folder in folders:
        if folder:
            children[folder[:-1]].append(folder[-1])
    homes: dict[Folder, Home] = {(): Home(())}
    for folder in sorted(folders, key=len):
        elements = _elements(folder, children[folder], direct)
        home = homes[folder]
        for name, (element, piece) in elements.items():
            below = (*folder, name)
            homes[below] = Home((*home.key, element) if element else home.key, below if piece else home.pieces)
    return homes


def _elements(
    parent: Folder, names: Sequence[str], direct: Mapping[Folder, Sequence[AudioFile]]
) -> dict[str, tuple[tuple[str, ...], bool]]:
    """For each folder in a folder the words that it adds to the key of its book, and whether it is a piece."""
    above = words(parent[-1]) if parent else ()
    pieces = {name: piece for name in names if (piece := read_piece(name))}
    titled = _titled_tails(parent, pieces, direct)
    counted = _counted(names)
    bare = any(not piece.base for piece in pieces.values()) or counted
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for name in names:
        own = words(name) or (name,)
        if name in titled:
            found[name] = (pieces[name].tail, False)
        elif name in pieces:
            base = pieces[name].base
            found[name] = (() if base == above else base, True)
        elif name in counted or (bare and _is_matter(name)):
            found[name] = ((), True)
        elif set(own) <= _MEDIA and len(names) == 1 and not direct.get(parent):
            found[name] = ((), False)
        else:
            found[name] = (own, False)
    return found


def _titled_tails(
    parent: Folder, pieces: Mapping[str, Piece], direct: Mapping[Folder, Sequence[AudioFile]]
) -> frozenset[str]:
    """Folders marked as pieces whose further words are titles of different books.

    So it is when one number stands before different words (`CD1 - A`, `CD1 - B`), when several words stand each behind
    several numbers, and when every part is a whole book in one file.
    """
    told = {name: piece for name, piece in pieces.items() if not piece.base and piece.tail}
    tails = Counter(piece.tail for piece in told.values())
    numbers = Counter(piece.number for piece in told.values())
    several = len(tails) > 1
    doubled = any(count > 1 for count in numbers.values())
    shared = sum(count > 1 for count in tails.values()) > 1
    whole = all(
        piece.number[0] == str(Kind.PART) and _is_whole_book(direct.get((*parent, name), ()))
        for name, piece in told.items()
    )
    return frozenset(told) if several and (doubled or shared or whole) else frozenset()


def _is_whole_book(files: Sequence[AudioFile]) -> bool:
    return len(files) == 1 and files[0].ending in WHOLE_BOOKS


def _counted(names: Sequence[str]) -> frozenset[str]:
    """Folders that are called by numbers only, from 0 or 1 on without large gaps (`1`, `2`; `01-10`, `11-20`)."""
    numbers = {name: int(found[1]) for name in names if (found := _BARE_NUMBERS.fullmatch(name))}
    ranges = sum("-" in name or "–" in name for name in numbers)
    if len(numbers) < 2 or len(set(numbers.values())) < len(numbers) or min(numbers.values()) > 1:
        return frozenset()
    if not ranges and max(numbers.values()) > 2 * len(numbers) + 1:
        return frozenset()
    return frozenset(numbers)


def _is_matter(name: str) -> bool:
    tokens = tokenise(name)
    bare = tokens[1:] if tokens and tokens[0].value is not None else tokens
    return matter_rank(bare) != 0

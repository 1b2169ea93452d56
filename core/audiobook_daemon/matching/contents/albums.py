"""Sorts files by what their tags say about album and author, as far as the tags can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from audiobook_daemon.matching.contents.audio import AudioFile
from audiobook_daemon.matching.contents.matter import matter_rank
from audiobook_daemon.matching.contents.shapes import read_shape, without_remarks
from audiobook_daemon.matching.contents.tokens import tokenise
from audiobook_daemon.matching.people import split_people
from audiobook_daemon.matching.text import author_key, words

Label = tuple[tuple[str, ...], frozenset[str]]
"""The words of an album without marks of discs and parts, and the keys of its authors."""
_PREVAILING = 0.75
"""From this share on, other tags are taken for slips."""


def label_files(files: Sequence[AudioFile]) -> list[Label | None]:
    """The label of each of the files, which come in reading order; None where tags say nothing to be trusted."""
    albums = [_album(file) for file in files]
    if _number_the_files(files, albums):
        albums = [album and _shared_base(album) for album in albums]
    authors = [_authors(file) for file in files]
    found: list[Label | None] = []
    for album, people in zip(albums, _united(albums, authors), strict=True):
        found.append((album, people) if album else None)
    return found


def prevailing(labels: Sequence[Label | None]) -> bool:
    """Whether one label so prevails that the others are slips."""
    counts = Counter(label for label in labels if label is not None)
    if not counts:
        return False
    return max(counts.values()) >= _PREVAILING * sum(counts.values())


def _album(file: AudioFile) -> tuple[str, ...]:
    """The words that name the book; empty for an album that names only a disc or a chapter."""
    if not file.album or not words(file.album):
        return ()
    shape = read_shape(file.album)
    if shape.marked:
        return shape.base
    tokens = tokenise(without_remarks(file.album))
    return () if matter_rank(tokens) else tuple(token.text for token in tokens)


def _number_the_files(files: Sequence[AudioFile], albums: Sequence[tuple[str, ...]]) -> bool:
    """Whether every file has an album of its own that differs from the others by a number only."""
    told = [album for album in albums if album]
    if len(told) < 3 or len(set(told)) < len(files):
        return False
    return len({_shared_base(album) for album in told}) == 1


def _shared_base(album: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in album if not word.isdecimal()) or album


def _authors(file: AudioFile) -> frozenset[str]:
    if not file.author:
        return frozenset()
    return frozenset(author_key(name) for name in split_people(file.author) or (file.author,))


def _united(albums: Sequence[tuple[str, ...]], authors: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The authors by which files of one album differ, as two books of one title do.

    None where they overlap, take turns, or are more than two: then they are the readers or authors of its pieces.
    """
    found = list(authors)
    for album in set(albums):
        places = [place for place, other in enumerate(albums) if other == album]
        runs = [people for people, _ in groupby(authors[place] for place in places if authors[place])]
        if len(runs) != 2 or runs[0] & runs[1]:
            for place in places:
                found[place] = frozenset()
    return found

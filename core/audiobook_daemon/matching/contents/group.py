"""Finds out which files of a download or a library form one book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from audiobook_daemon.matching.contents.albums import Label, label_files, prevailing
from audiobook_daemon.matching.contents.audio import WHOLE_BOOKS, AudioFile, is_audio, is_ebook
from audiobook_daemon.matching.contents.clutter import is_clutter, is_extra
from audiobook_daemon.matching.contents.folders import Folder, Home, find_homes
from audiobook_daemon.matching.contents.loose import split_loose
from audiobook_daemon.matching.contents.order import order_by_names, order_files

Group = list[AudioFile]


def group_files(files: Sequence[AudioFile]) -> tuple[tuple[AudioFile, ...], ...]:
    """The books among files, each with its files in reading order; the books in the order of their first files.

    Every audio file is in exactly one group, but clutter and samples or bonus material beside a book are in none.
    Where there is no audio at all, e-books are grouped instead, formats of one title together.
    """
    told = [file for file in files if not is_clutter(file.path)]
    audio = [file for file in told if is_audio(file.path)]
    if not audio:
        return _in_order(_group_ebooks([file for file in told if is_ebook(file.path)]))
    books = [file for file in audio if not is_extra(file.path)] or audio
    homes = find_homes(books)
    at_home: dict[Hashable, Group] = defaultdict(list)
    for file in order_by_names(books):
        at_home[homes[file.folders].key].append(file)
    return _in_order([group for found in at_home.values() for group in _split_home(found, homes)])


def _in_order(groups: Sequence[Group]) -> tuple[tuple[AudioFile, ...], ...]:
    by_first = {id(first := order_by_names(group)[0]): (first, order_files(group)) for group in groups}
    return tuple(by_first[id(first)][1] for first in order_by_names([first for first, _ in by_first.values()]))


def _split_home(files: Group, homes: dict[Folder, Home]) -> list[Group]:
    """The books in one book's folder: by tags where these tell books apart, else by the names of loose files."""
    labels = label_files(files)
    by_name = _split_by_names(files, homes)
    told = {label for label in labels if label is not None}
    if len(told) > 1 and not (len(by_name) == 1 and prevailing(labels)):
        return _split_by_labels(files, labels, homes)
    if not told:
        return by_name
    return _unite(by_name, {id(file): label for file, label in zip(files, labels, strict=True)})


def _split_by_labels(files: Group, labels: Sequence[Label | None], homes: dict[Folder, Home]) -> list[Group]:
    by_label: dict[Label | None, Group] = defaultdict(list)
    for file, label in zip(files, labels, strict=True):
        by_label[label].append(file)
    found: list[Group] = []
    for label, group in by_label.items():
        split = _split_by_names(group, homes)
        found += split if label is None else _unite(split, {id(file): label for file in group})
    return found


def _unite(groups: list[Group], labels: dict[int, Label | None]) -> list[Group]:
    """Put groups together that bear one label, unless each of them is a whole book by its ending."""
    labelled = [group for group in groups if any(labels[id(file)] is not None for file in group)]
    whole = all(len(group) == 1 and group[0].ending in WHOLE_BOOKS for group in labelled)
    if len(labelled) < 2 or whole or _is_encoded_twice(labelled):
        return groups
    united = [file for group in labelled for file in group]
    return [united, *(group for group in groups if not any(group is other for other in labelled))]


def _is_encoded_twice(groups: Sequence[Group]) -> bool:
    """Whether groups hold the same names in different formats."""
    names = [frozenset((file.folders, file.name.casefold()) for file in group) for group in groups]
    return any(one & other for place, one in enumerate(names) for other in names[place + 1 :])


def _split_by_names(files: Group, homes: dict[Folder, Home]) -> list[Group]:
    """Loose files by their names; the pieces (discs, parts) of a book stay together."""
    in_folder: dict[Folder, Group] = defaultdict(list)
    for file in files:
        in_folder[homes[file.folders].pieces].append(file)
    loose = split_loose(in_folder.pop((), []))
    pieces = [file for found in in_folder.values() for file in found]
    if not pieces:
        return loose
    if any(_holds_whole_books(found) for found in in_folder.values()):
        return [*loose, *(group for found in in_folder.values() for group in split_loose(found))]
    return [loose[0] + pieces] if len(loose) == 1 else [*loose, pieces]


def _holds_whole_books(files: Group) -> bool:
    return all(file.ending in WHOLE_BOOKS for file in files) and len(split_loose(files)) > 1


def _group_ebooks(files: Group) -> list[Group]:
    titles: dict[Hashable, Group] = defaultdict(list)
    for file in files:
        titles[file.folders, file.name.casefold()].append(file)
    return list(titles.values())

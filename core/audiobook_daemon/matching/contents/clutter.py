"""Tells what lies in a folder but is no part of the book: clutter of systems and tools, samples, extras."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[/\\]+")
_PARTIAL = (
    *(".part", ".partial", ".parts", ".filepart", ".crdownload", ".opdownload", ".download", ".unconfirmed", ".aria2"),
    *(".!qb", ".!ut", ".!bt", ".!sync", ".bc!", ".bts", ".dctmp", ".incomplete", ".met"),
)
_TEMPORARY = (
    *(".tmp", ".temp", ".tempfile", ".tempfile~", ".bak", ".backup", ".old", ".orig", ".swp", ".swo", ".swn", ".lock"),
    *("~", ".lnk", ".url"),
)
_SYSTEM_NAMES = frozenset({
    *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "folder.ini", "icon\r", "iconcache.db"),
    *("$recycle.bin", "recycler", "recycled", "recycle bin", "lost+found", "system volume information"),
    *("found.000", "__macosx", "@eadir", "#recycle", "@recycle", "@recently-snapshot", "#snapshot", "@tmp"),
    *("network trash folder", "temporary items", "nsuserdata", "_gsdata_", "_stfolder_", "@__thumb", ".trash"),
})  # fmt: skip
_SYSTEM = re.compile(
    r"~\$.*"  # a document that is open in an office program
    r"|~(?:syncthing|synology|dav).*"
    r"|_{3,}padding_file_.*"
    r"|trash-\d+"
    r"|.*\.sync-conflict-\d.*"
    r"|.*\(.{0,60}(?:conflicted copy|in konflikt stehende kopie).{0,60}\).*"
)
_SAMPLE_WORDS = r"(?:samples?|previews?|excerpts?|teasers?|trailers?|leseprobe|hörprobe|extrait)"
_SAMPLE_FOLDER = re.compile(rf"(?:audio[ ._-]?)?{_SAMPLE_WORDS}")
_SAMPLE = re.compile(
    rf"(?:(?:retail|free|audio|book|audiobook|short)[ ._-])?{_SAMPLE_WORDS}(?:[ ._-]?\d{{1,2}})?"
    rf"|.*\S ?[._([{{–—-] ?(?:retail |free |audio )?{_SAMPLE_WORDS}[)\]}}]?"
)
_EXTRA_FOLDER = re.compile(r"(?:extras?|bonus(?:es)?|bonus (?:materials?|content|features?|tracks?)|featurettes?)")
_EXTRA = re.compile(
    r"(?:\d{1,3}[ ._-]{1,4})?bonus\b[ ._:–—-]{0,4}"
    r"(?:$|(?:an? |the )?(?:author )?(?:interview|conversation|q ?(?:&|and) ?a|materials?|content|"
    r"features?|excerpt|preview|sample|track|podcast|"
    r"behind the scenes|discussion|commentary)\b.*)"
    r"|.*\S ?[._([–—-] ?bonus (?:interview|materials?|content|features?|excerpt|preview|sample|track)s?[)\]]?"
)


def is_clutter(path: str) -> bool:
    """Whether a file or folder is left by a system, a sync or download program, or is not yet whole."""
    names = _names(path)
    return any(_is_system(name) for name in names) or bool(names and names[-1].endswith((*_PARTIAL, *_TEMPORARY)))


def is_extra(path: str) -> bool:
    """Whether a file is a sample, a preview or bonus material beside a book."""
    names = _names(path)
    if not names:
        return False
    folders = names[:-1]
    stem = names[-1][:300].rpartition(".")[0] or names[-1][:300]
    for folder in folders:
        # A file that repeats the folder's name is a book of that title.
        if (_SAMPLE_FOLDER.fullmatch(folder) or _EXTRA_FOLDER.fullmatch(folder)) and not stem.startswith(folder):
            return True
    return bool(_SAMPLE.fullmatch(stem) or _EXTRA.fullmatch(stem))


def is_ignored(path: str) -> bool:
    """Whether a file or folder of a download or library is no part of the book itself."""
    return is_clutter(path) or is_extra(path)


def _names(path: str) -> list[str]:
    return [name for name in _SEPARATORS.split(path.casefold()) if name not in {"", ".", ".."}]


def _is_system(name: str) -> bool:
    # A title may begin with an ellipsis; a hidden file begins with one dot.
    hidden = name.startswith(".") and not name.startswith("..")
    return hidden or name in _SYSTEM_NAMES or bool(_SYSTEM.fullmatch(name[:400]))

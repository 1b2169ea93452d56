"""Cuts a path into the folders above a book, the book's own folder and its file, without all that says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.filenames import without_extension
from audiobook_daemon.matching.parse.folder_vocabulary import TECHNICAL, is_genre
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.people import is_placeholder
from audiobook_daemon.matching.text import words

WHOLE_BOOKS = frozenset({"m4b", "aax", "aaxc", "epub", "mobi", "azw3", "pdf"})
"""Files of these kinds mostly hold a whole book, others mostly a chapter."""
_DRIVE = re.compile(r"[A-Za-z]:(?=/|$)")
_PARTED = (
    r"(?:cds?|dis[ck]s?|disque|disco|dvd|tapes?|cassettes?|kassette|side|seite|part|pt|teil|partie|parte|deel|osa|del|file"
    r"|session|block)"
)
_COUNT = r"(?:\s{0,2}(?:of|von|sur|di|de|/|-)\s{0,2}\d{1,3})?"
_BENEATH = re.compile(rf"{_PARTED}[\s._#-]{{0,3}}(?:\d{{1,3}}[a-d]?|[a-d]|[ivx]{{1,5}}){_COUNT}", re.IGNORECASE)
_DISC_END = re.compile(
    r"[\s,_-]{0,5}[(\[]?(?<![^\W_])(?:cd|dis[ck]|disque|disco)[\s._#-]{0,3}\d{1,3}"
    r"(?:\s{0,2}(?:of|von|sur|di|/)\s{0,2}\d{1,3})?[)\]]?$",
    re.IGNORECASE,
)
_TRACK_END = re.compile(
    r"[\s_.(\[-]{1,4}(?:(?:part|pt|teil|partie|cd|dis[ck]|track|chapter|ch|kapitel|file)[\s._#-]{0,3})?\d{1,3}"
    r"(?:\s?(?:of|von|sur|/)\s?\d{1,3})?[)\]]?$",
    re.IGNORECASE,
)
_BARE_TITLE = re.compile(r"[1-9]\d{2,3}")
_PLAIN_DIGITS = re.compile(r"\d{1,2}(?:-\d{1,2})?")
_TRACK = re.compile(
    r"(?:[\d\s._()\[\]#-]|\b(?:of|von|sur|a|b)\b|(?<![^\W\d_])"
    r"(?:tracks?|titel|piste|pista|chapters?|chap|ch|kapitel|chapitre|capitulo|capítulo|hoofdstuk|kapittel|глава|cd|dis[ck]"
    r"|disque|parts?|pt|teil|partie|parte|deel|tape|side|seite|files?|untitled|unknown|audio|audiobook|hörbuch"
    r"|intro|introduction|prologue|prolog|epilogue|epilog|foreword|preface|afterword|credits|opening|closing|end"
    r"|outro|dedication|acknowledg\w{0,8}|section|metadata|cover|merged|output)(?![^\W\d_])){1,80}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Levels:
    """The parts of a path that may name a book."""

    upper: tuple[str, ...]
    """Folders above the book's folder, the outermost first."""
    folder: str | None
    """The deepest folder that is no part of a book."""
    stem: str | None
    """The file's name without its extension, where it says more than a track's number."""
    remarks: Claims
    """What folders of a language, a format or a publisher say."""
    anonymous: bool = False
    """Whether a folder stands in the author's place that names nobody (`Various Authors`)."""


def cut_path(path: str, *, is_file: bool, root_is_generic: bool) -> Levels:
    """Cut a path; both kinds of slashes part folders, and nothing of a drive or of `..` is a name."""
    slashed = _DRIVE.sub("", path.replace("\\", "/"), count=1)
    names = [name for part in slashed.split("/") if (name := _trimmed(part))]
    stem, extension = None, None
    if names and is_file:
        stem, extension = without_extension(names.pop())
    elif names:
        names[-1], extension = without_extension(names[-1])
    if root_is_generic and len(names) + bool(stem) > 1:
        names = names[1:]
    if stem is not None and says_only_track(stem, whole_book=extension in WHOLE_BOOKS):
        stem = None
    names = _below_technical(names, rooted=slashed.startswith("/"), has_stem=stem is not None)
    names = _without_beneath(names)
    names, remarks, anonymous = _without_remarks(names, has_stem=stem is not None)
    if extension:
        remarks = merged(remarks, Claims(formats=(extension,)))
    if stem is not None and names and extension not in WHOLE_BOOKS:
        stem = _TRACK_END.sub("", stem) or stem
    return Levels(tuple(names[:-1]), names[-1] if names else None, stem, remarks, anonymous)


def says_only_track(stem: str, *, whole_book: bool = False) -> bool:
    """Whether the name of a file says nothing but which piece of a book it is; `1984` may well be a whole book."""
    if whole_book and _BARE_TITLE.fullmatch(stem):
        return False
    return len(stem) <= 80 and _TRACK.fullmatch(stem) is not None


def without_disc(name: str) -> str:
    """A folder's name without the disc that ends it (`Dune - CD 3`)."""
    return _DISC_END.sub("", name).strip() or name


def _trimmed(part: str) -> str:
    name = part.strip()
    return "" if set(name) <= {".", " "} else name


def _below_technical(names: list[str], *, rooted: bool, has_stem: bool) -> list[str]:
    """Drop where on a machine the library lies; an author's folder between two such folders is kept.

    The deepest folder is only dropped where a file tells of the book, for `Home` may well be a title.
    """
    if rooted and all(_is_technical(name) for name in names):
        return []
    last = len(names) if has_stem else len(names) - 1
    technical = [place for place in range(last) if _is_technical(names[place])]
    if not technical:
        return names
    if rooted or technical[0] == 0:
        leading = technical[-1] if rooted else next(place for place in range(len(names)) if place + 1 not in technical)
        return [name for place, name in enumerate(names) if place > leading and place not in technical]
    return [name for place, name in enumerate(names) if place not in technical]


def _is_technical(name: str) -> bool:
    found = words(name)
    return bool(found) and all(word in TECHNICAL for word in found)


def _without_beneath(names: list[str]) -> list[str]:
    """Drop the folders of discs and parts that lie in a book's folder."""
    kept = list(names)
    while len(kept) > 1 and _is_beneath(kept[-1], kept[-2], depth=len(kept)):
        kept.pop()
    return [*kept[:-1], without_disc(kept[-1])] if kept else kept


def _is_beneath(name: str, above: str, *, depth: int) -> bool:
    if _BENEATH.fullmatch(name) or (depth > 2 and _PLAIN_DIGITS.fullmatch(name)):
        return True
    remark = read_remark(name)
    if remark is not None and (remark.formats or remark.bitrate):
        return True
    bare = without_disc(name)
    return bare != name and (words(bare) == words(above) or not words(bare) or set(words(bare)) <= set(words(above)))


def _without_remarks(names: list[str], *, has_stem: bool) -> tuple[list[str], Claims, bool]:
    """Drop folders of genres, languages, formats and publishers above a book, and keep what they say."""
    kept: list[str] = []
    remarks, anonymous = Claims(), False
    last = len(names) - (0 if has_stem and len(names) == 1 else 1)
    for place, name in enumerate(names):
        if place >= last:
            kept.append(name)
        elif is_genre(name):
            continue
        elif is_placeholder(name):
            anonymous = anonymous or not kept
        elif (remark := read_remark(name)) is not None and _speaks_of_recordings(remark):
            remarks = merged(remarks, remark)
        else:
            kept.append(name)
    return kept, remarks, anonymous


def _speaks_of_recordings(remark: Claims) -> bool:
    return bool(remark.formats or remark.language or remark.publisher or remark.bitrate or remark.abridged is not None)

"""How Audiobookshelf groups the files of a library folder into books."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from audiobook_daemon.demo.audiobookshelf.records import FileMetadata, LibraryFile, now

AUDIO = frozenset(
    "m4b mp3 m4a flac opus ogg oga mp4 aac wma aiff aif wav webm webma mka awb caf mpg mpeg".split(),  # noqa: SIM905
)
EBOOKS = frozenset({"epub", "pdf", "mobi", "azw3", "cbr", "cbz"})
_TYPES = {
    "audio": AUDIO,
    "ebook": EBOOKS,
    "image": frozenset({"png", "jpg", "jpeg", "webp"}),
    "text": frozenset({"txt", "nfo"}),
    "metadata": frozenset({"opf", "abs", "xml", "json"}),
}
_UNFINISHED = frozenset({"part", "tmp", "crdownload", "download", "bak", "old", "temp", "tempfile"})
_DISC_FOLDER = re.compile(r"^(?:cd|disc|disk) ?\d{1,3}$", re.IGNORECASE)


@dataclass(slots=True)
class FoundBook:
    """A book as it lies on disk: its path below the library folder and its files."""

    rel_path: str
    is_file: bool
    ino: str
    mtime_ms: int
    ctime_ms: int
    files: list[LibraryFile] = field(default_factory=list)

    def signature(self) -> tuple[object, ...]:
        """Give what tells a changed book from an unchanged one."""
        return file_signature(self.files)


def file_signature(files: list[LibraryFile]) -> tuple[object, ...]:
    """Give the paths, inodes, sizes and times of files, in a fixed order."""
    return tuple(
        sorted(
            (file["metadata"]["path"], file["ino"], file["metadata"]["size"], file["metadata"]["mtimeMs"])
            for file in files
        )
    )


def find_books(library: Path, *, other_user: bool = False) -> list[FoundBook]:
    """Group the files of a library folder, the shallowest first.

    The folder that directly holds a media file is the book, and everything below it belongs to it: one loose audio
    file in an author's folder makes the whole folder one single book. `CD 1`, `Disc 2` are joined to their parent.
    An `other_user` does not see into folders that are not open to everybody.
    """
    files = sorted(_files(library, other_user=other_user), key=lambda path: (len(path.parts), str(path)))
    books: dict[PurePosixPath, FoundBook] = {}
    for path in files:
        if file_type(path.name) in {"audio", "ebook"} and _owner(path, books) is None:
            place = _place(path)
            with suppress(FileNotFoundError):  # it may be moved while we look
                books[place] = _found(library, place, is_file=place == path)
    for path in files:
        owner = _owner(path, books)
        if owner is None:
            continue
        with suppress(FileNotFoundError):
            books[owner].files.append(_library_file(library, path, owner, is_file=books[owner].is_file))
    return list(books.values())


def file_type(name: str) -> str:
    """Give the kind of a file by its extension."""
    extension = PurePosixPath(name).suffix[1:].lower()
    return next((kind for kind, known in _TYPES.items() if extension in known), "unknown")


def is_open(path: Path | str) -> bool:
    """Whether everybody may read a file or look into a folder."""
    mode = Path(path).stat().st_mode
    return bool(mode & stat.S_IROTH) and (not stat.S_ISDIR(mode) or bool(mode & stat.S_IXOTH))


def _files(library: Path, *, other_user: bool) -> Iterator[PurePosixPath]:
    for folder, subfolders, names in os.walk(library):
        if ".ignore" in names or (other_user and Path(folder) != library and not is_open(folder)):
            subfolders.clear()
            continue
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name != "@eaDir")
        for name in names:
            if not name.startswith(".") and PurePosixPath(name).suffix[1:].lower() not in _UNFINISHED:
                yield PurePosixPath(Path(folder, name).relative_to(library).as_posix())


def _place(media: PurePosixPath) -> PurePosixPath:
    folder = media.parent
    if not folder.name:
        return media
    if _DISC_FOLDER.match(folder.name) and folder.parent.name:
        return folder.parent
    return folder


def _owner(path: PurePosixPath, books: dict[PurePosixPath, FoundBook]) -> PurePosixPath | None:
    return next((place for place in (path, *path.parents) if place in books), None)


def _found(library: Path, place: PurePosixPath, *, is_file: bool) -> FoundBook:
    stat = (library / place).stat()
    return FoundBook(str(place), is_file, str(stat.st_ino), stat.st_mtime_ns // 10**6, stat.st_ctime_ns // 10**6)


def _library_file(library: Path, path: PurePosixPath, place: PurePosixPath, *, is_file: bool) -> LibraryFile:
    stat = (library / path).stat()
    metadata: FileMetadata = {
        "filename": path.name,
        "ext": path.suffix,
        "path": str(library / path),
        "relPath": path.name if is_file else str(path.relative_to(place)),
        "size": stat.st_size,
        "mtimeMs": stat.st_mtime_ns // 10**6,
        "ctimeMs": stat.st_ctime_ns // 10**6,
        "birthtimeMs": min(stat.st_mtime_ns, stat.st_ctime_ns) // 10**6,
    }
    kind = file_type(path.name)
    return {
        "ino": str(stat.st_ino),
        "metadata": metadata,
        "isSupplementary": False if kind == "ebook" else None,
        "addedAt": now(),
        "updatedAt": now(),
        "fileType": kind,
    }

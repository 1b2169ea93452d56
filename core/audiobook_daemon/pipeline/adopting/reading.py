"""What the names and the tags of some files say of the book they are, brought together; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching import Likeness, compare_titles, words
from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.contents import FileGroup, is_generic_folder
from audiobook_daemon.matching.parse.garbage import is_garbage
from audiobook_daemon.matching.people import looks_like_person
from audiobook_daemon.models import Book, Release, TorrentFile, Wish
from audiobook_daemon.pipeline.choose import ADOPTED, MANUAL
from audiobook_daemon.pipeline.verify.listening import listen
from audiobook_daemon.pipeline.verify.tags import Said, what_is_said
from audiobook_daemon.shelving import Located, is_audio


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one book."""

    name: str
    """The name of the torrent, or of the folders and the file: one line."""
    claims: Claims
    """What the names say."""
    heard: tuple[Said, ...] = ()
    """What the tags say, file by file where they do not say the same."""

    @property
    def said(self) -> Said | None:
        """What most of the tags say."""
        return self.heard[0] if self.heard else None

    @property
    def others(self) -> tuple[str, ...]:
        """The titles of other books that some of the files bear: then they are not one book."""
        titles = [one.claims.title for one in self.heard if one.claims.title]
        return tuple(title for title in titles[1:] if compare_titles(titles[0], title) is Likeness.DIFFERENT)

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it: the tags know better than the names."""
        return (self.said.claims.authors if self.said else ()) or self.claims.authors

    @property
    def narrators(self) -> tuple[str, ...]:
        """Who reads it."""
        return (self.said.claims.narrators if self.said else ()) or self.claims.narrators

    @property
    def book(self) -> Book | None:
        """The book they tell of; None if title or author is not told."""
        tags = self.said.claims if self.said else Claims()
        first = tags if tags.title else self.claims
        if not first.title or not self.authors:
            return None
        return Book(
            first.title,
            self.authors,
            first.subtitle,
            series=tags.series or self.claims.series,
            language=tags.language or self.claims.language,
            asin=tags.asin or self.claims.asin,
            isbn=tags.isbn or self.claims.isbn,
        )

    def contradiction(self, book: Book) -> str | None:
        """The title that the names give to another book than this one, or None."""
        return self.claims.title if _is_another(self.claims.title, book) else None

    def other_title(self, book: Book) -> str | None:
        """The title that the tags give to another book than this one, or None."""
        title = self.said.claims.title if self.said else None
        return title if _is_another(title, book) else None

    def sentence(self) -> str:
        """What was read, for people."""
        tags = self.said.claims if self.said else None
        heard = f"Their tags say {_spoken(tags.title, tags.authors)}." if tags and (tags.title or tags.authors) else ""
        named = _spoken(self.claims.title, self.claims.authors)
        return f"The names say {named}. {heard or 'Tags say nothing.'}"

    def offer(self, key: str, files: Sequence[TorrentFile], *, info_hash: str | None = None) -> Release:
        """What goes on record as the release: the tags are not in it, for `verify` will hold them against it."""
        whole, said = self.release(key, files, info_hash=info_hash), self.claims
        return replace(
            whole, authors=said.authors, narrators=said.narrators, series=said.series, asin=said.asin, isbn=said.isbn
        )

    def release(self, key: str, files: Sequence[TorrentFile] = (), *, info_hash: str | None = None) -> Release:
        """All that is said, as a release."""
        audio = [file for file in files if is_audio(file.path)]
        formats = dict.fromkeys(file.path.rpartition(".")[2].lower() for file in audio)
        both = (self.claims, self.said.claims) if self.said else (self.claims,)
        return Release(
            MANUAL,
            key,
            self.name,
            self.authors,
            self.narrators,
            series=next((one.series for one in reversed(both) if one.series), ()),
            language=next((one.language for one in reversed(both) if one.language), None),
            formats=tuple(formats),
            size=sum(file.size for file in audio) or None,
            files=len(audio) or None,
            abridged=_either(*(one.abridged for one in both)),
            dramatised=_either(*(one.dramatised for one in both)),
            audio=True if audio else None,
            isbn=next((one.isbn for one in both if one.isbn), None),
            asin=next((one.asin for one in both if one.asin), None),
            info_hash=info_hash,
        )


def read_tags_of(files: Sequence[Located]) -> tuple[Said, ...]:
    """What the first, the last and a file between them say; one that cannot be opened is left to `verify`."""
    tracks = []
    for place in sorted({0, len(files) // 2, len(files) - 1}) if files else ():
        try:
            tracks.append(listen(files[place]))
        except OSError:
            continue
    return tuple(one for one in what_is_said(tracks) if one.title or one.people)


def authors_of(files: Sequence[Located]) -> tuple[str, ...]:
    """Who wrote all the books of a collection, by the tags of these files; nobody if they do not agree."""
    said = [one.claims.authors for one in read_tags_of(files)]
    return said[0] if said and len({frozenset(authors) for authors in said}) == 1 else ()


def told_of(group: FileGroup, above: str, heard: tuple[Said, ...], *, shared: bool = False) -> Told:
    """What is told of a group of files.

    `above` is the name of the folder that holds all that was listed; `shared` says that other books lie in the same
    folder, so that its name is not theirs.
    """
    claims = group.claims
    if not claims.authors and looks_like_person(above):
        claims = replace(claims, authors=(above,))
    folders = [part for part in (above, *group.folder.split("/")) if part and not is_generic_folder(part)]
    if not shared and folders[-1:] != [above]:
        # What lies above says something only if it is an author; else it may be anything.
        upper = [part for part in folders[:-1] if looks_like_person(part) or part in claims.authors]
        return Told(" - ".join((*upper[-1:], folders[-1])), claims, heard)
    upper = [part for part in folders if looks_like_person(part) or part in claims.authors]
    own = _stem(group.paths[0]) if len(group.paths) == 1 else claims.title or _stem(group.paths[0])
    return Told(" - ".join((*upper[-1:], own)), claims, heard)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def wish_of(book: Book, release: Release) -> Wish:
    """The wish for just this recording, of whatever kind it is."""
    languages = (release.language,) if release.language else ()
    return Wish(
        book,
        ADOPTED,
        languages=languages,
        abridged=bool(release.abridged),
        dramatised=bool(release.dramatised),
    )


def _is_another(title: str | None, book: Book) -> bool:
    """Whether a title shares no word with a book, its people and its series; a name that says nothing is no title."""
    if not title or is_generic_folder(title) or is_garbage(title):
        return False
    known = (book.title, book.subtitle or "", *book.aliases, *book.authors, *(place.name for place in book.series))
    told = {word for word in words(title) if len(word) > 1}
    shared = told & {word for name in known for word in words(name)}
    return bool(told) and not shared and compare_titles(title, book.title) is Likeness.DIFFERENT


def _either(*stated: bool | None) -> bool | None:
    known = [one for one in stated if one is not None]
    return any(known) if known else None


def _spoken(title: str | None, authors: Sequence[str]) -> str:
    by = f" by {', '.join(authors)}" if authors else ", but no author"
    return f"{title!r}{by}" if title else (f"no title, but {', '.join(authors)}" if authors else "nothing")

"""Whether a release claims to be the wished book: exact normalised title and author, everything else is doubt."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.matching.text import author_key, main_title, position_key, title_key, words
from audiobook_daemon.models import Book, Release, Stance, Verdict, Wish

_NOISE = frozenset({
    *("a", "the", "and", "of", "by", "novel", "book", "audio", "audiobook", "read", "narrated", "unabridged"),
    *("mp3", "m4b", "m4a", "aac", "flac", "kbps", "kbit"),
    *("ungekurzt", "horbuch", "roman", "livre"),
})  # fmt: skip


_VOLUME_WORDS = frozenset({"book", "series", "volume", "vol", "band", "tome"})


@dataclass(frozen=True, slots=True)
class Identity:
    """How sure it is that a release is the wish's book, and what speaks for and against it."""

    score: float
    """0 to 1; 1 is the same title and author with nothing left unexplained."""
    verdicts: tuple[Verdict, ...]

    @property
    def doubts(self) -> tuple[Verdict, ...]:
        """What keeps it from being certain."""
        return tuple(verdict for verdict in self.verdicts if verdict.stance is Stance.DOUBT)


def identify(wish: Wish, release: Release) -> Identity:
    """Compare a release with a wish; a title or an author that differs makes it another book (score 0)."""
    book = wish.book
    if _contradicts(book.asin, release.asin) and _contradicts(book.isbn, release.isbn):
        return _other("other_ids", f"its ids {release.asin}, {release.isbn} are others")
    verdicts: list[Verdict] = []
    unexplained = _unexplained(book, release)
    if unexplained is None or len(unexplained) > len(words(main_title(book.title))):
        return _other("other_title", f"its title is {release.title!r}")
    if not release.authors:
        verdicts.append(Verdict("author_unknown", Stance.DOUBT, "its author is not stated"))
    elif not book.authors:
        verdicts.append(Verdict("wish_without_author", Stance.DOUBT, "the wish names no author"))
    elif not _share(book.authors, release.authors):
        return _other("other_author", f"its author is {', '.join(release.authors)}")
    else:
        verdicts.append(Verdict("author", Stance.SUPPORT, f"same author, {', '.join(release.authors)}"))
    if unexplained:
        reason = f"its title says more: {' '.join(sorted(unexplained))}"
        verdicts.append(Verdict("unexplained_words", Stance.DOUBT, reason))
    else:
        verdicts.append(Verdict("title", Stance.SUPPORT, "same title"))
    if volume := _unconfirmed_volume(book, release):
        verdicts.append(Verdict("unconfirmed_volume", Stance.DOUBT, volume))
    if release.asin and release.asin == book.asin:
        verdicts.append(Verdict("asin", Stance.SUPPORT, f"same ASIN, {release.asin}"))
    doubts = sum(verdict.stance is Stance.DOUBT for verdict in verdicts)
    return Identity(max(0.0, 1.0 - 0.3 * doubts - 0.02 * len(unexplained)), tuple(verdicts))


def _unexplained(book: Book, release: Release) -> set[str] | None:
    """The words of a release's title that the wish does not explain; None when the wish's own title is not in it."""
    wanted = words(title_key(main_title(book.title)))
    told = words(release.title)
    if not _contains(told, wanted):
        return None
    explained = set(wanted) | _NOISE | set(words(book.title)) | set(words(book.subtitle or ""))
    for place in book.series:
        explained |= {
            *words(place.name),
            *_VOLUME_WORDS,
            *words(place.position or ""),
            position_key(place.position) or "",
        }
    for place in release.series:
        # A series' name may stand in a title; a number must be confirmed by the wish, or be the first.
        explained |= set(words(place.name))
        if position_key(place.position) == "1" and not any(own.position for own in book.series):
            explained |= {*_VOLUME_WORDS, *words(place.position or ""), "1"}
    for name in (*book.authors, *release.authors, *release.narrators):
        explained |= set(words(name))
    explained |= {str(book.year)} if book.year else set()
    return {word for word in told if word not in explained and word.lstrip("0") not in explained}


def _unconfirmed_volume(book: Book, release: Release) -> str | None:
    """A later volume of a series that is called like the wished title: the title cannot tell the volumes apart."""
    if any(own.position for own in book.series):
        return None
    for place in release.series:
        later = position_key(place.position) not in {None, "1"}
        if later and title_key(place.name) == title_key(main_title(book.title)):
            return f"it is volume {place.position} of {place.name}, and the wish names no volume"
    return None


def _contains(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    width = len(part)
    return bool(part) and any(text[start : start + width] == part for start in range(len(text) - width + 1))


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool({author_key(name) for name in one} & {author_key(name) for name in other})


def _contradicts(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _other(code: str, reason: str) -> Identity:
    return Identity(0.0, (Verdict(code, Stance.VETO, reason),))

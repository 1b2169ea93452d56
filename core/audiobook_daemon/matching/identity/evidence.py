"""The evidence that a release is a book, from independent families, each with its weight and a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity.labels import Kind, Labels, Stated
from audiobook_daemon.matching.identity.leftovers import Leftover
from audiobook_daemon.matching.identity.profile import Profile
from audiobook_daemon.matching.identity.reading import Reading
from audiobook_daemon.matching.ids import find_asin, find_isbn, normal_isbn
from audiobook_daemon.matching.languages import foreign_title
from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.people import person_likelihood, same_person
from audiobook_daemon.matching.titles import read_title
from audiobook_daemon.matching.titles.vocabulary import SERIES_WORDS
from audiobook_daemon.matching.works import agreement, series_key
from audiobook_daemon.models import Book, SeriesPlace, Stance, Verdict, Wish

_SERIES_FOR_TITLE = -0.8
"""What a series' name lacks as a title: other volumes bear it too."""
_TELLING = -0.1
"""Unexplained words of less weight are not worth a word."""
_AUTHOR = 1.6
_AUTHOR_PERHAPS = 1.2
_AUTHOR_READ = 1.2
_OTHER_AUTHOR = -1.5
_SURELY_PERSON = 0.7
_POSITION = 1.5
_POSITION_UNNAMED = 1.0
_SERIES_ALONE = 0.5
_OTHER_POSITION = -2.0
_LATER_VOLUME = -2.0
_ASIN, _ISBN = 4.0, 3.0
_OTHER_IDS = -0.3
_NARRATOR = 0.5
_YEAR = 0.3
_RUNTIME, _OTHER_RUNTIME = 0.7, -0.3
_NEAR, _FAR = 0.02, 0.25
_LANGUAGE_UNKNOWN = -0.1
_FOREIGN = -1.5


def support(code: str, reason: str, family: str, weight: float) -> Verdict:
    """What speaks for the book."""
    return Verdict(code, Stance.SUPPORT, reason, family=family, weight=weight)


def doubt(code: str, reason: str, family: str, weight: float) -> Verdict:
    """What speaks against it."""
    return Verdict(code, Stance.DOUBT, reason, family=family, weight=weight)


def veto(code: str, reason: str, family: str) -> Verdict:
    """What makes it another book."""
    return Verdict(code, Stance.VETO, reason, family=family, weight=-9.0)


def title(labels: Labels, left: tuple[Leftover, ...]) -> Iterator[Verdict]:
    """How much of the title is there, and what the text says beyond it."""
    spot = labels.spot
    if spot:
        exact = spot.form.loss == 0.0
        reason = "same title" if exact else f"same title without {spot.form.missing or 'its number'!r}"
        weight = _information(spot.form.size, spot.form.key) + spot.form.loss
        yield (support if weight > 0 else doubt)("title", reason, "title", weight)
    elif labels.anchor and labels.stated:
        weight = _information(_words_of_series(labels), "") + _SERIES_FOR_TITLE
        yield support("series_name", "the series is named for the title", "title", weight)
    weight = sum(item.weight for item in left)
    told = [item.text for item in left if item.weight <= _TELLING]
    if told:
        reason = f"its title says more: {' … '.join(told)}"
        yield doubt("unexplained_words", reason, "title", weight)


def _information(size: int, key: str) -> float:
    """How much a title says by itself: a rare long one more than `It`."""
    if size <= 1:
        return 1.4 if len(key) > 3 else 1.2
    return min(2.6, 1.4 + 0.4 * (size - 1))


def _words_of_series(labels: Labels) -> int:
    return sum(
        kind is Kind.SERIES and not token.light and token.key not in SERIES_WORDS
        for kind, token in zip(labels.kinds, labels.line.tokens, strict=True)
    )


def author(book: Book, labels: Labels, reading: Reading, left: tuple[Leftover, ...]) -> Iterator[Verdict]:
    """Whether the author is the same; none stated is no agreement."""
    stated = reading.release.authors
    if not book.authors:
        yield doubt("wish_without_author", "the wish names no author", "author", 0.0)
    elif stated:
        yield from _agreed(agreement(book.authors, stated), ", ".join(stated), _AUTHOR)
    elif labels.author:
        yield support("author", f"same author, {labels.author.name}", "author", labels.author.weight)
    elif strangers := [item.text for item in left if item.stranger]:
        yield from _claimed(book, strangers)
    elif reading.claims.authors:
        yield from _claimed(book, reading.claims.authors)
    else:
        yield _unknown_author()


def _agreed(likeness: Likeness | None, names: str, weight: float) -> Iterator[Verdict]:
    if likeness is Likeness.SAME:
        yield support("author", f"same author, {names}", "author", weight)
    elif likeness is Likeness.UNSURE:
        yield support("author_perhaps", f"perhaps the same author, {names}", "author", _AUTHOR_PERHAPS)
    elif likeness is Likeness.DIFFERENT:
        yield veto("other_author", f"its author is {names}", "author")
    else:
        yield _unknown_author()


def _claimed(book: Book, names: Sequence[str]) -> Iterator[Verdict]:
    """As the title names its people; what may be no name at all forbids nothing."""
    found = _agreed(agreement(book.authors, names), ", ".join(names), _AUTHOR_READ)
    if min(person_likelihood(name) for name in names) >= _SURELY_PERSON:
        yield from found
        return
    for verdict in found:
        forbids = verdict.stance is Stance.VETO
        yield doubt("other_author_perhaps", verdict.reason, "author", _OTHER_AUTHOR) if forbids else verdict


def _unknown_author() -> Verdict:
    return doubt("author_unknown", "its author is not stated", "author", 0.0)


def series(
    book: Book, profile: Profile, labels: Labels, reading: Reading, left: tuple[Leftover, ...]
) -> Iterator[Verdict]:
    """Whether it stands at the same place of the same series."""
    claimed = reading.claims.series if any(item.weight <= _TELLING for item in left) else ()
    found = [*_by_fields(profile, reading), *_by_text(profile, labels), *_by_claims(profile, claimed)]
    vetoes = [verdict for verdict in found if verdict.stance is Stance.VETO]
    if vetoes:
        yield vetoes[0]
        return
    supports = sorted((item for item in found if item.stance is Stance.SUPPORT), key=lambda item: -item.weight)
    if supports:
        yield supports[0]
        return
    yield from found[:1]
    if not found and (later := _later_volume(book, profile, labels, (*reading.release.series, *claimed))):
        yield later


def _by_fields(profile: Profile, reading: Reading) -> Iterator[Verdict]:
    for place in reading.release.series:
        key = series_key(place.name)[0]
        for own, position in profile.series:
            if own != key or not place.position:
                continue
            if covers(place.position, position):
                yield support("series", f"{place.name} {place.position} has {position} in it", "series", _POSITION)
                continue
            if position is None:
                yield support("series", f"same series, {place.name}", "series", _SERIES_ALONE)
            elif _same(position, place.position):
                yield support("series", f"same place, {place.name} {position}", "series", _POSITION)
            elif not _spans(place.position):
                reason = f"it is {place.name} {place.position}, wanted is {position}"
                yield veto("other_volume", reason, "series")


def _by_claims(profile: Profile, claimed: Sequence[SeriesPlace]) -> Iterator[Verdict]:
    """As the title is read without knowing the wish."""
    for place in claimed:
        key = series_key(place.name)[0]
        for own, position in profile.series:
            if own == key and place.position and position and not _same(position, place.position):
                reason = f"it says {place.name} {place.position}, wanted is {position}"
                yield doubt("other_volume_perhaps", reason, "series", _OTHER_POSITION)


def _by_text(profile: Profile, labels: Labels) -> Iterator[Verdict]:
    positions = [position for _, position in profile.series if position]
    marked = [stated for stated in labels.stated if stated.marked]
    for stated in marked or labels.stated:
        if stated.last is not None:
            span = f"{stated.first}-{stated.last}"
            if any(covers(span, position) for position in positions):
                weight = _POSITION if stated.named or stated.behind_title else _POSITION_UNNAMED
                yield support("series", f"volumes {span} have it among them", "series", weight)
            continue
        beside = stated.named or stated.behind_title
        own = [*positions, *profile.numbers] if beside else positions
        if any(_same(position, stated.first) for position in own):
            weight = _POSITION if stated.named else _POSITION_UNNAMED
            yield support("series", f"same volume, {stated.first}", "series", weight)
        elif own and beside:
            yield veto("other_volume", f"it is volume {stated.first}, wanted is {own[0]}", "series")
        elif positions and stated.marked and _beside_title(labels, stated):
            reason = f"it says volume {stated.first}, wanted is {positions[0]}"
            yield doubt("other_volume_perhaps", reason, "series", _OTHER_POSITION)


def _beside_title(labels: Labels, stated: Stated) -> bool:
    """Whether no name of another series stands with the number."""
    begin, end = labels.line.stretch(labels.line.stretches[stated.place])
    return all(labels.kinds[place] not in {None, Kind.OTHER_SERIES} for place in range(begin, end))


def _later_volume(book: Book, profile: Profile, labels: Labels, places: Sequence[SeriesPlace]) -> Verdict | None:
    """A later volume of a series that is called like the wished title: the title cannot tell the volumes apart."""
    if profile.numbers or any(position for _, position in profile.series):
        return None
    names = {name.key for name in read_title(book.title).names if not name.descriptive}
    names = names if len(names) == 1 else set()
    for place in places:
        later = place.position and not _same(place.position, "1")
        if later and series_key(place.name)[0] in names:
            reason = f"it is volume {place.position} of {place.name}, and the wish names no volume"
            return doubt("unconfirmed_volume", reason, "series", _LATER_VOLUME)
    for stated in labels.stated:
        if stated.first not in {"0", "1"} and (
            stated.behind_title or (stated.marked and _beside_title(labels, stated))
        ):
            reason = f"it is volume {stated.first}, and the wish names no volume"
            return doubt("unconfirmed_volume", reason, "series", _LATER_VOLUME)
    return None


def _same(one: str, other: str) -> bool:
    left, right = read_positions(one), read_positions(other)
    return left == right if left or right else one.casefold() == other.casefold()


def covers(span: str, position: str | None) -> bool:
    """Whether a range of volumes has a single volume in it."""
    spans, places = read_positions(span), read_positions(position or "")
    if len(places) != 1 or places[0].last:
        return False
    return any(
        one.last is not None and float(one.first) <= float(places[0].first) <= float(one.last) for one in spans
    ) or (len(spans) > 1 and places[0] in spans)


def _spans(position: str) -> bool:
    places: tuple[Position, ...] = read_positions(position)
    return len(places) > 1 or any(place.last for place in places)


def ids(book: Book, reading: Reading) -> Iterator[Verdict]:
    """Whether an id is the same; another one says little, for each recording and region has its own."""
    release, text = reading.release, reading.release.title
    own = {normal_isbn(item) or item.upper() for item in (book.asin, book.isbn, *book.other_ids) if item}
    if not own:
        return
    asin, isbn = release.asin or find_asin(text), release.isbn or find_isbn(text)
    if asin and asin.upper() in own:
        yield support("asin", f"same ASIN, {asin}", "id", _ASIN)
    elif isbn and (normal_isbn(isbn) or isbn) in own:
        yield support("isbn", f"same ISBN, {isbn}", "id", _ISBN)
    elif (asin and book.asin) and (isbn and book.isbn):
        yield doubt("other_ids", f"its ids are others, {asin} and {isbn}", "id", _OTHER_IDS)


def recording(wish: Wish, labels: Labels, reading: Reading) -> Iterator[Verdict]:
    """What the recording says of the book: its reader, its year, its running time."""
    for reader in reading.narrators if wish.narrators else ():
        if any(same_person(name, reader) is Likeness.SAME for name in wish.narrators):
            yield support("narrator", f"read by {reader}, as wished", "narrator", _NARRATOR)
            break
    year = str(wish.book.year)
    if any(
        token.key == year and kind is not Kind.TITLE
        for token, kind in zip(labels.line.tokens, labels.kinds, strict=True)
    ):
        yield support("year", f"same year, {wish.book.year}", "year", _YEAR)
    runtime = reading.release.runtime
    if runtime and wish.runtimes and reading.release.files in {None, 1}:
        off = min(abs(known - runtime) / known for known in wish.runtimes if known > 0)
        if off <= _NEAR:
            yield support("runtime", "as long as a known recording", "runtime", _RUNTIME)
        elif off > _FAR:
            yield doubt(
                "runtime", f"its {runtime / 60:.0f} minutes are no known recording's", "runtime", _OTHER_RUNTIME
            )


def language(book: Book, accepted: tuple[str, ...], reading: Reading) -> Iterator[Verdict]:
    """A language that nobody states is a doubt; a title that is worded in another language is a strong one."""
    if not accepted or reading.language:
        return
    if all(foreign_title(reading.line.text, code) and not foreign_title(book.title, code) for code in accepted):
        yield doubt("language", "its title reads like another language", "language", _FOREIGN)
    else:
        yield doubt("language_unknown", "its language is not stated", "language", _LANGUAGE_UNKNOWN)

"""Holds new releases against everything that is looked for; pure."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from audiobook_daemon.matching import Rules, book_key
from audiobook_daemon.matching.announced import WishIndex
from audiobook_daemon.models import Release, Want, Wish
from audiobook_daemon.store import Gap

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sought:
    """A book that is looked for: a want, or a gap that is none yet."""

    wish: Wish
    want: Want | None = None
    gap: Gap | None = None

    @classmethod
    def of_want(cls, want: Want) -> Self:
        """What a want looks for."""
        return cls(want.wish, want=want)

    @classmethod
    def of_gap(cls, gap: Gap) -> Self:
        """What a gap looks for: any good recording of the work."""
        return cls(Wish(gap.work.book), gap=gap)


@dataclass(frozen=True, slots=True)
class Match:
    """A new release that may be a book that is looked for."""

    release: Release
    sought: Sought
    code: str
    """What the rules say of the two: chosen, doubtful or ambiguous."""
    reason: str

    @property
    def want(self) -> Want | None:
        """The want, unless it is a gap."""
        return self.sought.want

    def plain(self) -> dict[str, object]:
        """The same as JSON holds it."""
        want, gap = self.sought.want, self.sought.gap
        return {
            "want": want.id if want else None,
            "state": want.state.value if want else None,
            "gap": gap.id if gap else None,
            "title": self.sought.wish.book.title,
            "authors": list(self.sought.wish.book.authors),
            "source": self.release.source,
            "key": self.release.key,
            "release": self.release.title,
            "code": self.code,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the new releases."""

    found: tuple[Match, ...] = ()
    failed: tuple[tuple[Release, str], ...] = ()
    """Releases that a mistake in the program kept from being compared, and which."""

    @property
    def wants(self) -> tuple[Want, ...]:
        """The wants that something was found for, each once."""
        return tuple({one.want.id: one.want for one in self.found if one.want}.values())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps that something was found for, each once."""
        return tuple({one.sought.gap.id: one.sought.gap for one in self.found if one.sought.gap}.values())


def match(releases: Sequence[Release], sought: Sequence[Sought], rules: Rules, today: date) -> Matched:
    """Find what each release may be; one that cannot be compared does not keep the others from it."""
    index = WishIndex([one.wish for one in sought], rules, today)
    found: list[Match] = []
    failed: list[tuple[Release, str]] = []
    for release in releases:
        try:
            fitting = index.fitting(release)
        except Exception as error:  # noqa: BLE001 - a bug met by one release must not hide the others
            _log.exception("A mistake in the program stopped the release %r of %s.", release.title, release.source)
            failed.append((release, f"A mistake in the program: {type(error).__name__}: {error}"))
            continue
        matches = [Match(release, sought[one.number], one.choice.code, one.choice.reason) for one in fitting]
        found += _without_wanted_gaps(matches)
    return Matched(tuple(found), tuple(failed))


def _without_wanted_gaps(matches: Sequence[Match]) -> list[Match]:
    """A gap that somebody wants already is told once, as the want."""
    wanted = {book_key(one.sought.wish.book) for one in matches if one.want}
    return [one for one in matches if one.want or book_key(one.sought.wish.book) not in wanted]

"""By which rules a series or an author is completed: those of the settings, or those of whoever follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from audiobook_daemon.catalogue.gaps import GapRules
from audiobook_daemon.config import Authors, Followed, SeriesSettings
from audiobook_daemon.models import WorkKind
from audiobook_daemon.store import Follow

FOLLOW = "follow"
"""The origin of what is wanted because it is followed."""
FOLLOW_AUTO = "follow_auto"
"""The same, where the rule says that it may be downloaded without consent."""
FOLLOWED_RECHECK = timedelta(days=1)
"""What is followed is looked up so often that its news are news."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the settings say, for series and authors alike."""

    least_owned: int
    most_asked: int
    """How many are looked up in one run."""
    recheck: timedelta
    want: bool
    most_wanted: int
    """In one run, in all."""
    most_of_one: int
    """In one run, of one series or author."""
    skip: frozenset[WorkKind]
    readers: int = 0
    small_gap: int | None = None
    """A larger gap is filled gradually; None: none is."""
    gradual: int = 0
    """How many books of large gaps one run wants."""
    most_recorded: int = 1000
    """How many gaps of one series or author are written down."""

    @classmethod
    def of_series(cls, settings: SeriesSettings) -> Terms:
        """The terms of series."""
        return cls(
            settings.least_owned,
            settings.most_series,
            settings.recheck,
            settings.want,
            settings.most_wanted,
            settings.most_missing,
            _kinds(settings.skip),
            settings.readers,
        )

    @classmethod
    def of_authors(cls, settings: Authors) -> Terms:
        """The terms of authors."""
        return cls(
            settings.least_owned,
            settings.most_authors,
            settings.recheck,
            settings.want,
            settings.most_wanted,
            settings.most_missing,
            _kinds(settings.skip),
            small_gap=settings.small_gap,
            gradual=settings.gradual,
            most_recorded=settings.most_missing,
        )


def rule_of(follow: Follow) -> Followed:
    """The rule of something followed, as it was given."""
    return Followed.model_validate(dict(follow.rule))


def gap_rules(terms: Terms, follow: Follow | None, languages: tuple[str, ...]) -> GapRules:
    """What counts as missing; `languages` are those wanted where the follower names none, empty means the owned."""
    if follow is None:
        return GapRules(skip=terms.skip, languages=languages, readers=terms.readers)
    rule = rule_of(follow)
    skip = terms.skip if rule.skip is None else _kinds(rule.skip)
    if rule.dramatised:
        skip -= {WorkKind.DRAMATISATION}
    return GapRules(skip=skip, languages=rule.languages or languages, dramatised=rule.dramatised, readers=terms.readers)


def _kinds(names: tuple[str, ...]) -> frozenset[WorkKind]:
    return frozenset(WorkKind(name) for name in names)

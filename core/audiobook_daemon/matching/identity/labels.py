"""What the tokens of a release title are explained by."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from audiobook_daemon.matching.identity.line import Line
from audiobook_daemon.matching.identity.profile import NameForm, TitleForm


class Kind(StrEnum):
    """What a token is explained by."""

    TITLE = "title"
    AUTHOR = "author"
    OTHER_PERSON = "person"
    NARRATOR = "narrator"
    SERIES = "series"
    OTHER_SERIES = "other_series"
    POSITION = "position"
    REMARK = "remark"
    NOISE = "noise"


_WEAK = frozenset({None, Kind.NOISE, Kind.REMARK})
"""What may be part of a longer name after all."""
_NAMING = frozenset({Kind.TITLE, Kind.AUTHOR})


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a volume that the text states, or a range of them."""

    place: int
    """The index of its token."""
    first: str
    last: str | None
    marked: bool
    named: bool
    """Whether it stands with the name of the book's own series."""
    behind_title: bool
    """Whether it follows the title at once."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a form of the title stands: index of the first token and of the one after the last."""

    form: TitleForm
    begin: int
    end: int


@dataclass(slots=True)
class Labels:
    """The kinds of all tokens of a line; None is what nothing explains."""

    line: Line
    spot: Spot | None
    kinds: list[Kind | None]
    author: NameForm | None = None
    """The best form in which an author of the book was found."""
    stated: list[Stated] = field(default_factory=list)

    @property
    def anchor(self) -> tuple[int, int] | None:
        """Where the book is named: its title, else its series with what is labelled beside it."""
        if self.spot:
            return self.spot.begin, self.spot.end
        if Kind.SERIES not in self.kinds:
            return None
        begin = end = self.kinds.index(Kind.SERIES)
        while end < len(self.kinds) and self.kinds[end] in {Kind.SERIES, Kind.POSITION}:
            end += 1
        return begin, end

    def put(self, kind: Kind, begin: int, end: int) -> bool:
        """Label tokens that are free, or noise among free ones; returns whether they were."""
        kinds = self.kinds[begin:end]
        if any(known not in _WEAK for known in kinds) or (None not in kinds and kind not in _NAMING):
            return False
        self.kinds[begin:end] = [kind] * (end - begin)
        return True

    def find(self, kind: Kind, key: str) -> bool:
        """Label every free place where a key stands; returns whether there was any."""
        found = [self.put(kind, begin, end) for begin, end in self.line.find(key)]
        return any(found)

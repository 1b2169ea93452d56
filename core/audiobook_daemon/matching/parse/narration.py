"""Finds who reads: `read by ...`, `Narrator: ...`, in the languages in which releases say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audiobook_daemon.matching.parse.remarks import peel, read_remark
from audiobook_daemon.matching.people import is_placeholder, split_people

_VERBS = (
    "read|narrated|performed|voiced|narration|gelesen|vorgelesen|gesprochen|erzählt|lu|lue|leído|leido|narrado|narrada|"
    "letto|voorgelezen|verteld|inläst|uppläst|indlæst|oppläst|lest|luettu|lettura|lecture|lesung"
)
_BY = "by|von|par|por|da|door|av|af|di|mit"
_NOUNS = (
    "narrators?|readers?|sprecher(?:in)?|narrateurs?|narratrice|narrador(?:a|es)?|lecteurs?|lectrice|voix|voices?|narr?"
)
_CREDIT = re.compile(
    rf"(?:^|[\s,;|/(–—-])(?:(?:{_VERBS})\s+(?:{_BY})\s*:?\s+|(?:{_NOUNS})\.?\s*:\s*|narr\.\s+)(?P<names>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
THE_AUTHOR = "the author"
"""Stands among the narrators of a text that says that the author reads."""
_EDGES = " \t\n,;:|/–—-"
_THE_AUTHOR = re.compile(r"(?:the\s+)?authors?|author himself|author herself", re.IGNORECASE)
_CUT = re.compile(r"\s+[|•·–—-]\s+|\s*[|•;]\s*")


@dataclass(frozen=True, slots=True)
class Narration:
    """A credit for reading, cut out of its text."""

    before: str
    names: tuple[str, ...]
    after: str = ""


def cut_narration(text: str) -> Narration | None:
    """Cut the credit for reading off a text, or None; what follows the names behind a separator is `after`."""
    found = _CREDIT.search(text)
    if found is None:
        return None
    credit, *rest = _CUT.split(found["names"], maxsplit=1)
    named = _people(credit)
    before = text[: found.start()].rstrip(_EDGES)
    if _THE_AUTHOR.fullmatch(named):
        names: tuple[str, ...] = (THE_AUTHOR,)
    else:
        names = () if is_placeholder(named) else split_people(named, keep_roles=True)
    if not names:
        return None
    after = " ".join([credit[len(named) :].strip(_EDGES), *rest]).strip()
    return Narration(before, names, after)


def _people(credit: str) -> str:
    """The names without the remarks that follow them behind a comma or a blank."""
    items = credit.split(",")
    while len(items) > 1 and read_remark(items[-1]) is not None:
        items.pop()
    joined = ",".join(items)
    return credit[: len(peel(joined)[0])] if joined.startswith(peel(joined)[0]) else joined

"""The site's full-text search: words, phrases, `|`, `*` and a leading `-`; other operators are read as blanks.

Nothing is stemmed and accents are not folded: the site's rules for that are not public, so the stand-in finds only
what would be found under the strictest reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r'(?P<either>\|)|(?P<exclude>(?<!\S)[-!](?=[\w"*]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[\w*]+))')
_WEIGHTS = {"title": 8, "author": 4, "narrator": 2, "series": 2}


@dataclass(frozen=True, slots=True)
class _Term:
    pattern: re.Pattern[str]
    excluded: bool


class TextQuery:
    """One query text. All its terms must match, any of those joined by `|`, none of the excluded ones."""

    def __init__(self, text: str) -> None:
        self._groups: list[list[_Term]] = []
        joined = False
        for token in _TOKEN.finditer(text.casefold()):
            if token["either"]:
                joined = True
                continue
            pattern = _pattern(token["word"] if token["phrase"] is None else token["phrase"])
            if pattern is not None:
                term = _Term(pattern, token["exclude"] is not None)
                if joined and self._groups:
                    self._groups[-1].append(term)
                else:
                    self._groups.append([term])
            joined = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for, which matches everything."""
        return not self._groups

    def weigh(self, fields: Mapping[str, str]) -> int | None:
        """The relevance of a row with these texts by field; None if it does not match."""
        normal = {name: " ".join(words(text)) for name, text in fields.items()}
        weight = 1
        for group in self._groups:
            found = [_weigh(term, normal) for term in group]
            if not any(found):
                return None
            weight += max(found)
        return weight


def words(text: str) -> Sequence[str]:
    """The words the site indexes; an apostrophe ends a word, so `Warhawk's` is found by `warhawk s` only."""
    return re.findall(r"\w+", text.casefold())


def _pattern(text: str) -> re.Pattern[str] | None:
    parts = re.findall(r"[\w*]+", text)
    if not any(part.strip("*") for part in parts):
        return None
    joined = " ".join(re.escape(part).replace(r"\*", r"\w*") for part in parts)
    return re.compile(rf"(?<!\w){joined}(?!\w)")


def _weigh(term: _Term, fields: Mapping[str, str]) -> int:
    found = [_WEIGHTS.get(name, 1) for name, text in fields.items() if term.pattern.search(text)]
    if term.excluded:
        return 0 if found else 1
    return max(found, default=0)

"""What an answer to one case is worth, for each kind of question."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tests.corpora.comparing import Json, as_list, fold, is_empty, language, number, same_field

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_DIRECTION = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_SPOKEN: dict[object, str] = {True: "same", False: "different", None: "unsure"}
_OTHERWISE_NAMED = {"author": "authors", "authors": "author", "narrator": "narrators"}


class Mark(StrEnum):
    """How an answer does; abstaining is an honest "unsure" where an answer was expected."""

    RIGHT = "right"
    WRONG = "wrong"
    ABSTAINED = "abstained"
    HARMFUL = "harmful"
    """Wrong in the way that costs somebody a book: a wrong grab, or two different books taken for one."""


@dataclass(slots=True)
class Score:
    """What came of one kind."""

    marks: Counter[Mark] = field(default_factory=Counter)
    fields: Counter[bool] = field(default_factory=Counter)
    """For answers of several fields: how many were right and wrong."""
    failures: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(self.marks.values())

    def share(self, mark: Mark) -> float:
        return self.marks[mark] / self.count if self.count else 1.0

    @property
    def right(self) -> float:
        return self.share(Mark.RIGHT)

    @property
    def right_fields(self) -> float:
        return self.fields[True] / self.fields.total() if self.fields else 1.0


Case = Mapping[str, Json]
Judge = Callable[[Case, Json, Score], Mark]


def answers(case: Case) -> Iterator[Json]:
    yield case["expected"]
    if isinstance(case.get("accept"), list):
        yield from case["accept"]


def _fields(case: Case, answer: Json, result: Score) -> Mark:
    expected = case["expected"]
    if expected is None:
        said = not is_empty(answer) and any(not is_empty(value) and value is not False for value in answer.values())
        result.fields[not said] += 1
        return Mark.WRONG if said else Mark.RIGHT
    accept = case.get("accept") if isinstance(case.get("accept"), dict) else {}
    assert isinstance(accept, dict)
    whole = True
    for name, want in expected.items():
        have = (answer or {}).get(name)
        if is_empty(have) and name in _OTHERWISE_NAMED:
            have = (answer or {}).get(_OTHERWISE_NAMED[name])
        right = any(same_field(name, one, have) for one in [want, *accept.get(name, [])])
        result.fields[right] += 1
        whole = whole and right
    return Mark.RIGHT if whole else Mark.WRONG


def _word(case: Case, answer: Json, _: Score) -> Mark:
    said = _SPOKEN.get(answer, answer)
    allowed = set(answers(case))
    allowed |= {"same_edition", "same_work"} if "same" in allowed else set()
    allowed |= {"same"} if "same_edition" in allowed else set()
    if said in allowed:
        return Mark.RIGHT
    if said == "unsure":
        return Mark.ABSTAINED
    return Mark.HARMFUL if case["expected"] == "different" else Mark.WRONG


def _release(case: Case, answer: Json, _: Score) -> Mark:
    said = "unsure" if answer is None else str(answer)
    if said in answers(case):
        return Mark.RIGHT
    if said == "unsure":
        return Mark.ABSTAINED
    return Mark.HARMFUL if said == "match" else Mark.WRONG


def _rank(case: Case, answer: Json, _: Score) -> Mark:
    expected = case["expected"]
    if "order" in expected:
        return Mark.RIGHT if as_list(answer.get("order")) == expected["order"] else Mark.WRONG
    if "best" not in expected:
        return Mark.RIGHT if set(expected.get("reject", [])) <= set(answer.get("reject") or []) else Mark.WRONG
    best = answer.get("best")
    if best == expected["best"]:
        return Mark.RIGHT
    return Mark.ABSTAINED if best is None else Mark.HARMFUL


def _names(case: Case, answer: Json, _: Score) -> Mark:
    said = sorted(fold(name) for name in as_list(answer))
    return Mark.RIGHT if any(sorted(map(fold, one)) == said for one in answers(case)) else Mark.WRONG


def _groups(case: Case, answer: Json, _: Score) -> Mark:
    said = {frozenset(group) for group in answer or []}
    return Mark.RIGHT if any({frozenset(group) for group in one} == said for one in answers(case)) else Mark.WRONG


def _safe_name(case: Case, answer: Json, _: Score) -> Mark:
    return Mark.RIGHT if isinstance(answer, str) and not list(_dangers(case["expected"], answer)) else Mark.WRONG


def _dangers(rules: Mapping[str, Json], name: str) -> Iterator[str]:
    def broken(rule: str, *, found: bool) -> Iterator[str]:
        if rules.get(rule) and found:
            yield rule

    yield from broken("not_empty", found=not name.strip())
    yield from broken("must_not_contain", found=any(char in name for char in rules.get("must_not_contain", [])))
    yield from broken("single_component", found="/" in name or "\\" in name)
    for rule, edge in (("no_trailing", name[-1:]), ("no_leading", name[:1])):
        marks = [". " if mark is True else mark for mark in as_list(rules.get(rule))]
        yield from broken(rule, found=any(bool(edge) and edge in mark for mark in marks))
    yield from broken("not_reserved", found=name.partition(".")[0].strip().lower() in _RESERVED)
    yield from broken("no_traversal", found=".." in re.split(r"[/\\]", name) or name.startswith("/"))
    yield from broken("no_control", found=any(unicodedata.category(char) == "Cc" for char in name))
    yield from broken("no_bidi_controls", found=any(char in _DIRECTION for char in name))
    size = len(name.encode("utf-8", "surrogatepass"))
    yield from broken("max_bytes", found=size > int(rules.get("max_bytes") or size))
    yield from broken("valid_utf8", found=any(unicodedata.category(char) == "Cs" for char in name))
    yield from broken("equals_any", found=name not in rules.get("equals_any", []))


def _gap(case: Case, answer: Json, result: Score) -> Mark:
    """The ids of missing works, another recording for the work itself; a book reported in vain does harm."""
    expected, accept = case["expected"], case.get("accept") or {}
    equal, either_way = expected.get("equivalent", {}), set(expected.get("optional", []))
    said = {equal.get(one, one) for one in as_list(answer["missing"])} - either_way
    lists = [set(one) for one in [expected["missing"], *accept.get("missing", [])]]
    named = [_numbers(one) for one in [expected.get("missing_numbers"), *accept.get("missing_numbers", [])]]
    counted = "missing_numbers" not in expected or sorted(_numbers(answer["missing_numbers"])) in map(sorted, named)
    result.fields.update({True: len(said & lists[0]), False: len(said ^ lists[0]) if said not in lists else 0})
    if said in lists and counted:
        return Mark.RIGHT
    return Mark.HARMFUL if said - set().union(*lists) else Mark.WRONG


def _equal(form: Callable[[Json], object]) -> Judge:
    def judge(case: Case, answer: Json, _: Score) -> Mark:
        said = None if is_empty(answer) else form(answer)
        wanted = [None if is_empty(one) else form(one) for one in answers(case)]
        return Mark.RIGHT if said in wanted else Mark.WRONG

    return judge


def _boolean(case: Case, answer: Json, _: Score) -> Mark:
    return Mark.RIGHT if answer in list(answers(case)) else Mark.WRONG


def _text(value: object) -> str:
    return " ".join(str(value).split())


def _numbers(value: Json) -> list[str]:
    return [number(item) for item in as_list(value)]


def _of(judge: Judge, names: str) -> dict[str, Judge]:
    return dict.fromkeys(names.split(), judge)


JUDGES: dict[str, Judge] = {
    **_of(_fields, "parse_release folder_path series_string position title_number title_range title_split"),
    **_of(_fields, "bracket_tags sidecar announce extract_id pick_series"),
    **_of(_word, "same_book same_title same_author same_series"),
    **_of(_boolean, "is_collection disc_name part_name generic_folder ignored_path placeholder_author about_author"),
    **_of(_boolean, "foreign_title author_in_list bundle_contents same_position series_match"),
    **_of(_equal(_text), "author_sort sort_title title_case normalize_id parse_size naming"),
    **_of(_equal(fold), "normalize_title content_type"),
    **_of(_equal(_numbers), "expand_numbers spoken_number file_order series_order"),
    "language": _equal(language),
    "release_match": _release,
    "rank": _rank,
    "author_names": _names,
    "group_files": _groups,
    "sanitize": _safe_name,
    "gap": _gap,
}

"""Binds the functions of `audiobook_daemon.matching` to the kinds of the corpora; it has no rules of its own."""

from __future__ import annotations

from typing import Any

from audiobook_daemon.matching import ids, languages, numbers, people, sizes

Case = dict[str, Any]

# ---- people, numbers, languages, ids


def author_names(case: Case) -> list[str]:
    return list(people.split_people(case["text"], keep_roles=case.get("keep_roles", False)))


def author_sort(case: Case) -> str:
    return people.sort_name(case["text"])


def same_author(case: Case) -> str:
    return people.same_person(case["a"], case["b"]).value


def author_in_list(case: Case) -> bool:
    return people.person_among(case["author"], case["authors"], case.get("aliases", ()))


def placeholder_author(case: Case) -> bool:
    return people.is_placeholder(case["text"])


def about_author(case: Case) -> bool:
    return people.about_author(case["title"], case["subjects"], case["author"])


def position(case: Case) -> Case:
    entries = [_position(entry) for entry in numbers.read_positions(case["text"])]
    return {"entries": entries} if len(entries) > 1 else entries[0] if entries else {"number": None}


def _position(place: numbers.Position) -> Case:
    where = {"from": place.first, "to": place.last} if place.last else {"number": place.first}
    return where | ({"part": place.part} if place.part else {})


def same_position(case: Case) -> bool:
    return numbers.same_position(case["a"], case["b"])


def expand_numbers(case: Case) -> list[str]:
    return list(numbers.expand(case["text"]))


def spoken_number(case: Case) -> list[str]:
    return list(numbers.spoken_numbers(case["text"], only_marked=case.get("only_marked", False)))


def language(case: Case) -> str | None:
    return languages.find_language(case["text"])


def foreign_title(case: Case) -> bool:
    return languages.foreign_title(case["text"], case["preferred"])


def extract_id(case: Case) -> Case:
    return {"asin": ids.find_asin(case["text"]), "isbn": ids.find_isbn(case["text"])}


def normalize_id(case: Case) -> str | None:
    return ids.normal_id(case["text"], case["type"])


def parse_size(case: Case) -> int | None:
    return sizes.parse_size(case["text"])


# ---- release titles and series


# ---- folders, sidecar files, announcements


# ---- files of a torrent, collections, safe names


# ---- identity: titles, series, books, releases

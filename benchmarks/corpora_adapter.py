"""Binds the functions of `audiobook_daemon.matching` to the kinds of the corpora; it has no rules of its own."""

from __future__ import annotations

from typing import Any

from audiobook_daemon.matching import ids, languages, numbers, parse, people, sizes

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


def series_string(case: Case) -> Case:
    known = case.get("known_series") or ()
    found = parse.read_series(case["text"], known=(known,) if isinstance(known, str) else known)
    if found is None:
        return {"title": parse.bare_title(case["text"])}
    return {"series": found.name, "title": found.title, "is_collection": found.collection} | _numbers(found.position)


def _numbers(position: str | None) -> Case:
    first, _, last = (position or "").partition("-")
    return {"from": first, "to": last} if last else {"number": first or None}


def title_number(case: Case) -> Case:
    return {"number": parse.title_number(case["text"], is_folder=case.get("form") == "folder")}


def title_range(case: Case) -> Case | None:
    found = parse.title_range(case["text"])
    return {"from": found[0], "to": found[1]} if found else None


def title_split(case: Case) -> Case:
    text, known = case.get("title") or case["text"], case.get("known_subtitle")
    title, subtitle = parse.split_title(text, author=case.get("author"), known_subtitle=known)
    return {"title": title, "subtitle": subtitle}


def bracket_tags(case: Case) -> Case:
    title, tags = parse.bracket_tags(case["text"])
    return {"title": title, "tags": list(tags)}


def normalize_title(case: Case) -> str:
    author = case.get("author")
    return parse.bare_title(
        case["text"],
        authors=(author,) if author else (),
        series=case.get("series"),
        subtitle=case.get("subtitle"),
        is_file=case.get("is_file", False),
    )


def sort_title(case: Case) -> str:
    return parse.sort_title(case["text"])


def title_case(case: Case) -> str:
    return parse.title_case(case["text"])


# ---- folders, sidecar files, announcements


# ---- files of a torrent, collections, safe names


# ---- identity: titles, series, books, releases

"""Binds the functions of `audiobook_daemon.matching` to the kinds of the corpora; it has no rules of its own."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from benchmarks import naming_dialects

from audiobook_daemon.catalogue.gaps import GapRules, series_gaps
from audiobook_daemon.matching import (
    GateRules,
    Rules,
    choose,
    contents,
    ids,
    languages,
    numbers,
    parse,
    people,
    sizes,
    titles,
    works,
)
from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.identity import Holding
from audiobook_daemon.matching.parse.announce import read_announcement
from audiobook_daemon.matching.parse.folder import read_path
from audiobook_daemon.matching.parse.sidecar import read_sidecar
from audiobook_daemon.models import Book, LibraryItem, Release, SeriesPlace, Wish, Work, WorkKind
from audiobook_daemon.shelving.naming import safe_name

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
    return languages.language_code(case["text"]) or languages.find_language(case["text"])


def foreign_title(case: Case) -> bool:
    return languages.foreign_title(case["text"], case["preferred"])


def extract_id(case: Case) -> Case:
    return {"asin": ids.find_asin(case["text"]), "isbn": ids.written_isbn(case["text"])}


def normalize_id(case: Case) -> str | None:
    return ids.normal_id(case["text"], case["type"])


def parse_size(case: Case) -> int | None:
    return sizes.parse_size(case["text"])


# ---- release titles and series


def parse_release(case: Case) -> Case | None:
    searched = (case.get("search") or {}).get("author")
    authors = tuple(name for name in (case.get("author"), searched) if name)
    is_file, tags_line = case.get("is_file", False), case.get("tags_line")
    claims = parse.read_release(case["title"], is_file=is_file, authors=authors, tags_line=tags_line)
    return _claimed(claims) if claims else None


def _claimed(claims: Claims) -> Case:
    place = claims.series[0] if claims.series else SeriesPlace("")
    return _numbers(place.position) | {
        "author": list(claims.authors),
        "title": claims.title,
        "subtitle": claims.subtitle,
        "series": place.name,
        "narrator": list(claims.narrators),
        "format": claims.formats[0] if claims.formats else None,
        "is_collection": claims.collection,
        "dramatized": claims.dramatised,
        **{name: getattr(claims, name) for name in _FIELDS.split()},
    }


_FIELDS = "part part_count year bitrate abridged language edition group repack asin isbn"


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


def content_type(case: Case) -> str:
    return parse.content_type(case.get("title") or "", case.get("category") or "").value


def sort_title(case: Case) -> str:
    return parse.sort_title(case["text"])


def title_case(case: Case) -> str:
    return parse.title_case(case["text"])


# ---- folders, sidecar files, announcements


def folder_path(case: Case) -> Case:
    found = read_path(
        case["path"], is_file=case.get("is_file", False), root_is_generic=case.get("root_is_generic", False)
    )
    place = found.series[0] if found.series else None
    return _fields(found) | _numbers(place.position if place else None) | {"series": place.name if place else None}


def sidecar(case: Case) -> Case:
    found = read_sidecar(case["text"], case["format"])
    if found is None:
        return {}
    series = [{"name": place.name, "number": place.position} for place in found.claims.series]
    shelf = {"genres": list(found.genres), "tags": list(found.tags), "description": found.description}
    return _fields(found.claims) | shelf | {"series": series}


def announce(case: Case) -> Case | None:
    found = read_announcement(case["line"])
    if found is None:
        return None
    named = {"category": found.category, "media": found.content.value, "size": found.size, "language": found.language}
    return _fields(found.claims) | named | {"id": found.id, "vip": found.vip}


def _fields(found: Claims) -> Case:
    fields = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    return fields | {
        "authors": list(found.authors),
        "narrator": list(found.narrators),
        "format": found.formats[0] if found.formats else None,
        "dramatized": found.dramatised,
        "is_collection": found.collection,
    }


def sanitize(case: Case) -> str:
    return safe_name(case["text"], "Unknown")


def naming(case: Case) -> str:
    return naming_dialects.fill(case)


# ---- files of a torrent, collections, safe names


def group_files(case: Case) -> list[list[int]]:
    files = [_audio_file(file) for file in case["files"]]
    places = {id(file): place for place, file in enumerate(files)}
    return [sorted(places[id(file)] for file in group) for group in contents.group_files(files)]


def file_order(case: Case) -> list[int]:
    files = [_audio_file(file) for file in case["files"]]
    places = {id(file): place for place, file in enumerate(files)}
    return [places[id(file)] for file in contents.order_files(files)]


def _audio_file(file: Case) -> contents.AudioFile:
    return contents.AudioFile(
        file.get("path") or file["name"],
        size=file.get("size"),
        duration=file.get("duration"),
        disc=contents.tag_number(file.get("disc")),
        track=contents.tag_number(file.get("track")),
        album=file.get("album"),
        author=file.get("author"),
    )


def ignored_path(case: Case) -> bool:
    return contents.is_ignored(case["path"])


def generic_folder(case: Case) -> bool:
    return contents.is_generic_folder(case["text"])


def disc_name(case: Case) -> bool:
    return contents.is_disc_name(case["text"])


def part_name(case: Case) -> bool:
    return contents.is_part_name(case["text"])


def is_collection(case: Case) -> bool:
    return contents.is_collection(case["title"], number=case.get("number"))


def bundle_contents(case: Case) -> bool:
    return contents.lists_title(case["description"], case["title"])


# ---- identity: titles, series, books, releases


def same_title(case: Case) -> str:
    return titles.compare_titles(case["a"], case["b"]).value


def same_series(case: Case) -> str:
    first, second = ((case[key],) if case.get(key) else () for key in ("a_author", "b_author"))
    shared = case.get("shared_universe", False)
    return works.compare_series(case["a"], case["b"], authors=(first, second), shared_universe=shared).value


def same_book(case: Case) -> str:
    one, other = case["a"], case["b"]
    return works.compare_books(
        _book(one),
        _book(other),
        narrators=(one.get("narrators") or (), other.get("narrators") or ()),
        runtimes=(_seconds(one.get("duration_min")), _seconds(other.get("duration_min"))),
        media=(one.get("media"), other.get("media")),
    ).value


def series_match(case: Case) -> int | None:
    candidates = [_known_series(candidate) for candidate in case["candidates"]]
    return works.match_series(_known_series(case["local"]), candidates)


def pick_series(case: Case) -> Case | None:
    places = [SeriesPlace(place["name"], place.get("number") or None) for place in case["series"]]
    found = works.main_series(places)
    return {"name": found.name, "number": found.position} if found else None


def gap(case: Case) -> Case:
    options = case.get("options") or {}
    works = [_work(record, case["series"]) for record in case["catalogue"]]
    owned = [_copy(record, case["series"], number) for number, record in enumerate(case["owned"])]
    today = date.fromisoformat(options.get("today", "2026-01-01"))
    found = series_gaps(case["series"], owned, works, _gap_rules(options), today)
    missing = [*found.missing, *(() if options.get("skip_unreleased") else found.unreleased)]
    placed = [work.book.series[0].position for work in missing]
    return {
        "missing": [work.key for work in missing],
        "missing_numbers": [*found.numbers, *(position for position in placed if position)],
    }


def _gap_rules(options: Case) -> GapRules:
    kinds = {
        "skip_omnibus": WorkKind.OMNIBUS,
        "skip_dramatized": WorkKind.DRAMATISATION,
        "skip_novellas": WorkKind.NOVELLA,
    }
    return GapRules(
        skip=frozenset({WorkKind.COMPANION, *(kind for name, kind in kinds.items() if options.get(name))}),
        dramatised=not options.get("skip_dramatized"),
        unabridged_only=bool(options.get("unabridged_only")),
        narrator_is_edition=bool(options.get("narrator_is_edition")),
        one_per_position=bool(options.get("one_per_number")),
        placed_only=bool(options.get("skip_without_number")),
        languages=(options["language"],) if options.get("language") else (),
        region=options.get("region"),
        skip_positions=frozenset(options.get("skip_numbers") or ()),
    )


def _work(record: Case, series: str) -> Work:
    return Work(
        dataclasses.replace(_book(record), series=(SeriesPlace(series, record.get("number")),)),
        key=record["id"],
        kind=WorkKind.DRAMATISATION if record.get("dramatized") else WorkKind.UNKNOWN,
        released=record.get("released") or record.get("release_date"),
        narrators=_several(record, "narrators"),
        abridged=_is_said(record.get("abridged")),
        audiobook=False if _is_said(record.get("available")) is False else None,
        region=record.get("region"),
    )


def _copy(record: Case, series: str, number: int) -> LibraryItem:
    listed = record.get("series") or [{"name": series, "number": record.get("number")}]
    places = [SeriesPlace(place["name"], place.get("number")) for place in listed]
    if record.get("number"):
        places.append(SeriesPlace(series, record["number"]))
    book = dataclasses.replace(_book({**record, "series": None}), series=tuple(places))
    readers, publisher = _several(record, "narrators"), record.get("publisher")
    abridged = _is_said(record.get("abridged"))
    return LibraryItem("corpus", str(number), book, narrators=readers, publisher=publisher, abridged=abridged)


def _is_said(value: str | bool | None) -> bool | None:
    return {"yes": True, "no": False}.get(str(value), value if isinstance(value, bool) else None)


def series_order(case: Case) -> list[int]:
    return list(works.reading_order([_book(book) for book in case["books"]]))


def release_match(case: Case) -> str:
    wanted = case["wanted"]
    found = choose(_wish(wanted), [_release(case["release"], 0)], _rules(wanted))
    if found.chosen:
        return "match"
    (candidate,) = found.candidates
    if candidate.vetoed:
        return "reject"
    return "contains" if candidate.holds is Holding.PACK else "unsure"


def rank(case: Case) -> Case:
    wanted, candidates = case["wanted"], case["candidates"]
    if "title" not in wanted:
        return {"best": works.choose_person(wanted["author"], [candidate["author"] for candidate in candidates])}
    releases = [_release(candidate, place) for place, candidate in enumerate(candidates)]
    found = choose(_wish(wanted), releases, _rules(wanted))
    return {
        "best": int(found.chosen.release.key) if found.chosen else None,
        "reject": [int(candidate.release.key) for candidate in found.candidates if candidate.vetoed],
        "order": [int(candidate.release.key) for candidate in found.candidates],
    }


def _rules(wanted: Case) -> Rules:
    languages_wanted = (wanted["language"],) if wanted.get("language") else ()
    return Rules(GateRules(languages=languages_wanted, medium=wanted.get("media") or "any"))


def _wish(wanted: Case) -> Wish:
    runtime = _seconds(wanted.get("duration_min"))
    return Wish(
        _book(wanted),
        abridged=not wanted.get("unabridged", True),
        dramatised=bool(wanted.get("dramatized")),
        runtimes=(runtime,) if runtime else (),
    )


def _release(candidate: Case, place: int) -> Release:
    return Release(
        source="corpus",
        key=str(place),
        title=candidate["title"],
        authors=_several(candidate, "authors"),
        narrators=_several(candidate, "narrators"),
        series=(SeriesPlace(candidate["series"], candidate.get("number")),) if candidate.get("series") else (),
        language=candidate.get("language"),
        formats=(candidate["format"],) if candidate.get("format") else (),
        size=round(candidate["size_mb"] * 1_000_000) if candidate.get("size_mb") else None,
        seeders=candidate.get("seeders"),
        runtime=_seconds(candidate.get("duration_min")),
    )


def _known_series(series: Case) -> works.KnownSeries:
    return works.KnownSeries(series["name"], tuple(_book(book) for book in series["books"]))


def _book(record: Case) -> Book:
    return Book(
        title=record.get("title") or "",
        authors=_several(record, "authors", "contributors", "aliases_author"),
        subtitle=record.get("subtitle"),
        series=(SeriesPlace(record["series"], record.get("number")),) if record.get("series") else (),
        language=languages.language_code(record["language"]) if record.get("language") else None,
        year=int(record["year"]) if record.get("year") else None,
        isbn=record.get("isbn"),
        asin=record.get("asin"),
        aliases=_several(record, "aliases_title", "alt_titles"),
    )


def _several(record: Case, *names: str) -> tuple[str, ...]:
    return tuple(value for name in names for value in record.get(name) or ())


def _seconds(minutes: float | None) -> float | None:
    return None if minutes is None else minutes * 60

"""Reads a search request in any of the encodings the site takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIELDS = frozenset({"title", "author", "narrator", "series", "tags", "description", "filenames", "fileTypes"})
_USUAL_FIELDS = frozenset({"title", "author", "narrator", "series"})

_DEFAULT_PAGE, _SMALLEST_PAGE, _LARGEST_PAGE = 20, 5, 1000
_SWITCHES = frozenset({"description", "dlLink", "isbn", "thumbnail", "thumbnails", "my_snatched"})
_NAME = re.compile(r"(?P<key>\w+)(?:\[(?P<index>\w*)\])?$")
_TOR_NAME = re.compile(r"tor\[(?P<key>\w+)\](?:\[(?P<index>\w*)\])?$")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What one request asks for. None stands for a key that was left out; sizes are bytes."""

    text: str
    fields: frozenset[str]
    search_type: str
    pile: str
    """`searchIn`: torrents, bookmarks, new, mine, ..."""
    main_categories: frozenset[int]
    categories: frozenset[int]
    languages: frozenset[int] | None
    """An empty set finds nothing: the site's search breaks on an empty list."""
    flags: frozenset[int]
    only_flagged: bool
    since: datetime | None
    until: datetime | None
    smallest: int | None
    largest: int | None
    sort: str
    start: int
    per_page: int
    id: int | None
    info_hash: str | None
    switches: frozenset[str]


def from_pairs(pairs: Iterable[tuple[str, str]]) -> SearchQuery:
    """Read a URL query or a form: `tor[cat][]=41`, `tor[cat][0]=41`, `tor[srchIn][title]=true`, `perpage=20`."""
    body: dict[str, object] = {}
    tor: dict[str, object] = {}
    for name, value in pairs:
        inside = _TOR_NAME.match(name)
        if inside is not None:
            _put(tor, inside["key"], inside["index"], value)
        elif (outside := _NAME.match(name)) is not None:
            _put(body, outside["key"], outside["index"], value)
    return _read(body, tor, body.get("perpage", tor.get("perpage")))


def from_json(content: bytes) -> SearchQuery | None:
    """Read a JSON body; None if it is none, which the site answers with an empty page.

    The page size counts only as a member of the body itself.
    """
    try:
        body = json.loads(content)
    except ValueError:
        return None
    tor = body.get("tor", {}) if isinstance(body, dict) else None
    return _read(body, tor, body.get("perpage")) if isinstance(tor, dict) else None


def _put(into: dict[str, object], key: str, index: str | None, value: str) -> None:
    if index is None:
        into[key] = value
    elif index == "" or index.isdigit():
        several = into.setdefault(key, [])
        if isinstance(several, list):
            several.append(value)
    else:
        named = into.setdefault(key, {})
        if isinstance(named, dict):
            named[index] = value


def _read(body: Mapping[str, object], tor: Mapping[str, object], per_page: object) -> SearchQuery:
    unit = _integer(tor.get("unit")) or 1
    return SearchQuery(
        text=str(tor.get("text", "")).strip(),
        fields=_fields(tor.get("srchIn")),
        search_type=str(tor.get("searchType", "all")),
        pile=str(tor.get("searchIn", "torrents")),
        main_categories=_integers(tor.get("main_cat")) - {0},
        categories=_integers(tor.get("cat")) - {0},
        languages=_integers(tor["browse_lang"]) if "browse_lang" in tor else None,
        flags=_integers(tor.get("browseFlags")),
        only_flagged=_integer(tor.get("browseFlagsHideVsShow")) == 1,
        since=_moment(tor.get("startDate")),
        until=_moment(tor.get("endDate")),
        smallest=_bound(tor.get("minSize"), unit),
        largest=_bound(tor.get("maxSize"), unit),
        sort=str(tor.get("sortType", "default")),
        start=max(0, _integer(tor.get("startNumber")) or 0),
        per_page=_page_size(per_page),
        id=_integer(tor.get("id")),
        info_hash=str(tor["hash"]).lower() if tor.get("hash") else None,
        switches=frozenset(name for name in _SWITCHES if name in body and _on(body[name])),
    )


def _on(value: object) -> bool:
    """A switch is on by being there; only the word `false` turns it off."""
    return value is not False and str(value).lower() != "false"


def _fields(value: object) -> frozenset[str]:
    if isinstance(value, Mapping):
        chosen = {name for name, on in value.items() if _on(on)}
    elif isinstance(value, list):
        chosen = {str(name) for name in value}
    else:
        chosen = {str(value)}
    return frozenset(chosen & FIELDS) or _USUAL_FIELDS


def _integer(value: object) -> int | None:
    if isinstance(value, int):
        return int(value)
    return int(value) if isinstance(value, str) and re.fullmatch(r"\s*-?\d+\s*", value) else None


def _integers(value: object) -> frozenset[int]:
    several = value if isinstance(value, list) else [value]
    return frozenset(number for number in map(_integer, several) if number is not None)


def _bound(value: object, unit: int) -> int | None:
    number = _integer(value)
    return None if number is None or number < 0 else number * unit


def _page_size(value: object) -> int:
    asked = _integer(value) or _DEFAULT_PAGE
    return min(max(asked, _SMALLEST_PAGE), _LARGEST_PAGE)


def _moment(value: object) -> datetime | None:
    """Unix seconds or `YYYY-MM-DD`; anything else counts as left out."""
    seconds = _integer(value)
    if seconds is not None:
        return datetime.fromtimestamp(seconds, UTC)
    try:
        return datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None

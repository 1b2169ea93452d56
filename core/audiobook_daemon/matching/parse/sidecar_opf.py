"""Reads OPF documents: the metadata of a book as Calibre and e-books keep it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.parse.sidecar_fields import Sidecar, plain_text, read_list, read_title, read_year
from audiobook_daemon.matching.people import is_placeholder, split_people
from audiobook_daemon.models import SeriesPlace

_BLANKS = re.compile(r"\s+")
_IDENTIFIERS = {
    "asin": "asin", "amazon": "asin", "audible": "asin", "mobi-asin": "asin", "audible_asin": "asin", "isbn": "isbn"
}  # fmt: skip
_AUTHORS, _NARRATORS = frozenset({"aut", "author", "cre", "creator", ""}), frozenset({"nrt", "narrator", "vce", "prf"})
_MOST_ELEMENTS = 20_000


class _RefusedError(Exception):
    """The document declares entities, or is no OPF document within reason."""


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What it says: the attribute `content`, else its text."""
        return _BLANKS.sub(" ", self.attributes.get("content") or "".join(self.text)).strip()


def read_opf(text: str) -> Sidecar | None:
    """What an OPF document says; None when it is broken, declares a document type, or holds nothing.

    Prefixes of names are not resolved: documents in the wild forget to declare them.
    """
    try:
        elements = _elements(text)
    except (expat.ExpatError, _RefusedError):
        return None
    if not elements:
        return None
    said = {name: [one.value for one in elements if one.name == name and one.value] for name in _SHELF}
    genres, tags = read_list(*said["subject"]), read_list(*said["tag"])
    return Sidecar(_claims(elements), genres, tags, plain_text(" ".join(said["description"])))


def _elements(text: str) -> list[_Element]:
    """The elements that hold no others, in their order."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    opened: list[_Element] = []
    found: list[_Element] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        if len(found) > _MOST_ELEMENTS:
            raise _RefusedError
        plain = {_bare(key): value for key, value in attributes.items()}
        opened.append(_Element(_bare(name), plain))
        found.append(opened[-1])

    def end(_: str) -> None:
        opened.pop()

    def characters(data: str) -> None:
        if opened:
            opened[-1].text.append(data)

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.Parse(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), True)
    return found if found and found[0].name in {"package", "metadata"} else []


def _bare(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _claims(elements: list[_Element]) -> Claims:
    said = {name: [one.value for one in elements if one.name == name and one.value] for name in _SINGLES}
    title, subtitle, series = read_title(_first(said["title"]))
    refinements = _refinements(elements)
    return Claims(
        title=title,
        subtitle=_first(said["subtitle"]) or subtitle,
        authors=_people(elements, refinements, _AUTHORS),
        narrators=_people(elements, refinements, _NARRATORS),
        series=_series(elements, refinements) or series,
        year=read_year(_first(said["date"])),
        language=language_code(_first(said["language"])),
        publisher=_first(said["publisher"]) or None,
        asin=_identifier(elements, "asin"),
        isbn=_identifier(elements, "isbn"),
    )


_SHELF = ("subject", "tag", "description")
_SINGLES = ("title", "subtitle", "date", "language", "publisher")


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _refinements(elements: list[_Element]) -> dict[tuple[str, str], str]:
    """What OPF 3 says about other elements: (their id, property) -> value."""
    return {
        (one.attributes["refines"].lstrip("#"), _bare(one.attributes.get("property", ""))): one.value
        for one in elements
        if one.name == "meta" and one.attributes.get("refines") and one.value
    }


def _people(
    elements: list[_Element], refinements: dict[tuple[str, str], str], roles: frozenset[str]
) -> tuple[str, ...]:
    names: list[str] = []
    for one in elements:
        if one.name not in {"creator", "contributor"}:
            continue
        role = one.attributes.get("role") or refinements.get((one.attributes.get("id", ""), "role"), "")
        if role.lower() in roles and (role or one.name == "creator"):
            names += (name for name in split_people(one.value, keep_roles=True) if not is_placeholder(name))
    return tuple(dict.fromkeys(names))


def _series(elements: list[_Element], refinements: dict[tuple[str, str], str]) -> tuple[SeriesPlace, ...]:
    """Calibre's pairs (an index counts within the series right before it), and the collections of OPF 3."""
    places: list[SeriesPlace] = []
    waits = False
    for one in elements:
        if one.name != "meta":
            continue
        kind = _bare(one.attributes.get("name", "") or one.attributes.get("property", ""))
        if kind == "series":
            waits = bool(one.value)
            places += (SeriesPlace(one.value),) if one.value else ()
        elif kind == "series_index" and waits:
            places[-1] = SeriesPlace(places[-1].name, _position(one.value))
            waits = False
        elif kind == "belongs-to-collection" and one.value:
            index = refinements.get((one.attributes.get("id", ""), "group-position"), "")
            places.append(SeriesPlace(one.value, _position(index)))
    return tuple(dict.fromkeys(places))


def _position(text: str) -> str | None:
    found = read_positions(text)
    return str(found[0]) if found else None


def _identifier(elements: list[_Element], kind: str) -> str | None:
    normal = normal_asin if kind == "asin" else normal_isbn
    for one in elements:
        if one.name != "identifier" or not one.value:
            continue
        scheme = one.attributes.get("scheme", "").lower()
        prefix, colon, rest = one.value.lower().removeprefix("urn:").rpartition(":")
        named = _IDENTIFIERS.get(scheme) or _IDENTIFIERS.get(prefix)
        if named == kind and (value := normal(rest if colon else one.value)):
            return value
    return None

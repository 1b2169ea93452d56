"""Reads the files beside the audio that Audiobookshelf takes metadata from: json, opf, nfo and txt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

from audiobook_daemon.demo.audiobookshelf.names import read_series, split_names
from audiobook_daemon.demo.audiobookshelf.records import TEXT_KEYS, LibraryFile
from audiobook_daemon.demo.audiobookshelf.stated import Stated

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_MARKUP = re.compile(r"<[^>]+>")
_NFO_TEXTS = {
    "title": "title",
    "publisher": "publisher",
    "copyright": "publishedYear",
    "copyright year": "publishedYear",
    "asin": "asin",
    "isbn": "isbn",
    "language": "language",
}


def read_sidecars(files: Iterable[LibraryFile]) -> list[Stated]:
    """Read nfo, then txt, then opf: the order in which they win over each other."""
    paths = {file["metadata"]["relPath"]: Path(file["metadata"]["path"]) for file in files}
    sources: list[Stated] = []
    if nfo := _first(paths, ".nfo"):
        sources.append(_read_nfo(nfo))
    sources.append(_read_txt(paths))
    if opf := _first(paths, ".opf"):
        sources.append(_read_opf(opf))
    return sources


def _first(paths: dict[str, Path], suffix: str) -> Path | None:
    return next((path for name, path in sorted(paths.items()) if name.lower().endswith(suffix)), None)


def read_metadata_json(files: Iterable[LibraryFile]) -> Stated | None:
    """Read `metadata.json` of the item's folder; None if there is none or it is no JSON object."""
    for file in files:
        if file["metadata"]["relPath"] == "metadata.json":
            try:
                document = json.loads(Path(file["metadata"]["path"]).read_text(encoding="utf-8"))
            except (ValueError, OSError):
                return None
            return read_metadata(document) if isinstance(document, dict) else None
    return None


def read_metadata(document: dict[str, object]) -> Stated:
    """Read the keys of a `metadata.json`; unknown keys, wrong types and nulls state nothing."""
    stated = Stated()
    for key in TEXT_KEYS:
        if isinstance(text := document.get(key), str):
            stated.texts[key] = text
    stated.authors = _strings(document.get("authors"))
    stated.narrators = _strings(document.get("narrators"))
    stated.genres = _strings(document.get("genres"))
    stated.tags = _strings(document.get("tags"))
    series = _strings(document.get("series"))
    stated.series = None if series is None else [read_series(text) for text in series]
    if isinstance(explicit := document.get("explicit"), bool):
        stated.explicit = explicit
    if isinstance(abridged := document.get("abridged"), bool):
        stated.abridged = abridged
    if isinstance(chapters := document.get("chapters"), list):
        rows = [cast(dict[str, object], row) for row in chapters if isinstance(row, dict)]
        stated.chapters = [
            {
                "id": position,
                "start": cast(float, row.get("start", 0)),
                "end": cast(float, row.get("end", 0)),
                "title": str(row.get("title", "")),
            }
            for position, row in enumerate(rows)
        ]
    return stated


def _strings(value: object) -> list[str] | None:
    if not isinstance(value, list):
        return None
    return [entry for entry in value if isinstance(entry, str)]


def _read_txt(paths: dict[str, Path]) -> Stated:
    stated = Stated()
    if path := paths.get("desc.txt"):
        stated.texts["description"] = _text(path).strip()
    if path := paths.get("reader.txt"):
        stated.narrators = split_names(_text(path).strip().partition("\n")[0])
    return stated


def _read_nfo(path: Path) -> Stated:
    stated = Stated()
    head, _, description = _text(path).partition("Book Description")
    for line in head.splitlines():
        key, colon, value = (part.strip() for part in line.partition(":"))
        word = key.lower()
        if not colon or not value:
            continue
        if word in _NFO_TEXTS:
            stated.texts[_NFO_TEXTS[word]] = value
        elif word == "author":
            stated.authors = split_names(value)
        elif word in {"read by", "narrator"}:
            stated.narrators = split_names(value)
        elif word == "series name":
            stated.series = [(value, None)]
        elif word == "position in series" and stated.series:
            stated.series = [(stated.series[0][0], value)]
        elif word == "genre":
            stated.genres = [part.strip() for part in value.split(",")]
        elif word == "tags":
            stated.tags = [part.strip() for part in value.split(",")]
        elif word == "unabridged":
            stated.abridged = value.lower() == "no"
    title, mark, subtitle = stated.texts.get("title", "").partition(": ")
    if mark:
        stated.texts |= {"title": title, "subtitle": subtitle}
    if text := description.lstrip("=-: \r\n").strip():
        stated.texts["description"] = text
    return stated


def _read_opf(path: Path) -> Stated:
    stated = Stated()
    try:
        root = ET.fromstring(_text(path))
    except ET.ParseError:
        return stated
    names = {"title": "title", "subtitle": "subtitle", "publisher": "publisher", "language": "language"}
    for tag, key in names.items():
        if text := root.findtext(f".//{_DC}{tag}"):
            stated.texts[key] = text
    if year := root.findtext(f".//{_DC}date"):
        stated.texts["publishedYear"] = year[:4]
    if description := root.findtext(f".//{_DC}description"):
        stated.texts["description"] = _MARKUP.sub("", description).strip()
    people: dict[str, list[str]] = {"aut": [], "nrt": []}
    for creator in root.iterfind(f".//{_DC}creator"):
        people.get(creator.get(f"{_OPF}role", ""), []).extend(split_names(creator.text or ""))
    stated.authors, stated.narrators = people["aut"] or None, people["nrt"] or None
    stated.genres = [subject.text for subject in root.iterfind(f".//{_DC}subject") if subject.text]
    stated.tags = [tag.text for tag in root.iterfind(f".//{_DC}tag") if tag.text]
    for identifier in root.iterfind(f".//{_DC}identifier"):
        scheme = identifier.get(f"{_OPF}scheme", "").lower()
        if scheme in {"asin", "isbn"} and identifier.text:
            stated.texts[scheme] = identifier.text
    meta = {entry.get("name"): entry.get("content") for entry in root.iter() if entry.tag.endswith("meta")}
    if series := meta.get("calibre:series"):
        stated.series = [(series, meta.get("calibre:series_index"))]
    return stated


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")

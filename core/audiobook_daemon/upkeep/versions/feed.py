"""Reads what feeds say of releases, in the shapes that are usual. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

_BEFORE_DIGITS = re.compile(r"^\D*")
_KEYS = frozenset({"tag_name", "version", "info"})
_LONGEST_SUMMARY = 255
_LONGEST_ADDRESS = 2000
_LONGEST_VERSION = 100


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version that is out."""

    version: str
    url: str | None = None
    """Where to read on."""
    summary: str | None = None
    """What is new, 255 characters at most."""

    @property
    def number(self) -> Version:
        """What it is compared by."""
        return Version(self.version)


def newest_of(document: object, running: str) -> NewVersion | None:
    """Return the newest release a document names, or None if it names none.

    It may be one release or a list of them: `{tag_name, html_url, body, name}`, `{version, url, summary}`, or
    `{info: {version}}`. Drafts are left out, and what comes before a release too, unless such a version is `running`.
    """
    early = Version(running).is_prerelease
    found = [release for release in _releases(document) if early or not release.number.is_prerelease]
    return max(found, key=lambda release: release.number, default=None)


def names_releases(document: object) -> bool:
    """Whether a document is of such a shape at all, also if what it names is too early or a draft."""
    found = document if isinstance(document, list) else [document]
    return all(isinstance(one, Mapping) and _KEYS & one.keys() for one in found)


def _releases(document: object) -> Iterator[NewVersion]:
    for one in document if isinstance(document, list) else [document]:
        if not isinstance(one, Mapping):
            continue
        inner = one.get("info")
        release = _package(inner) if isinstance(inner, Mapping) else _release(one)
        if release is not None:
            yield release


def _package(info: Mapping[str, object]) -> NewVersion | None:
    """Its summary says what the program is, not what is new."""
    version = _version(info.get("version"))
    return None if version is None else NewVersion(version, _address(info.get("release_url")))


def _release(one: Mapping[str, object]) -> NewVersion | None:
    version = _version(one.get("tag_name") or one.get("version") or one.get("name"))
    if version is None or one.get("draft") is True:
        return None
    if one.get("prerelease") is True and not Version(version).is_prerelease:
        return None  # its number does not say so, but they do
    return NewVersion(
        version, _address(one.get("html_url") or one.get("url")), _summary(one.get("body") or one.get("summary"))
    )


def _version(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > _LONGEST_VERSION:
        return None
    try:
        return str(Version(_BEFORE_DIGITS.sub("", value.strip())))
    except InvalidVersion:
        return None


def _address(value: object) -> str | None:
    fits = isinstance(value, str) and re.fullmatch(r"https?://[^\s\x00-\x1f]+", value) and len(value) < _LONGEST_ADDRESS
    return str(value) if fits else None


def _summary(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    return text if len(text) <= _LONGEST_SUMMARY else f"{text[: _LONGEST_SUMMARY - 1]}…"

"""Puts the claims of several stretches of a text together."""

from __future__ import annotations

from dataclasses import fields, replace

from audiobook_daemon.matching.claims import Claims

_UNITED = ("authors", "narrators", "series", "formats", "tags")
_SINGLE = tuple(field.name for field in fields(Claims) if field.name not in _UNITED and field.name != "collection")
_NOTHING = Claims()


def merged(first: Claims, *others: Claims) -> Claims:
    """All claims in one: lists are united in their order, of contradicting single claims the first stands."""
    for other in others:
        if other != _NOTHING:
            first = _both(first, other) if first != _NOTHING else other
    return first


def _both(one: Claims, other: Claims) -> Claims:
    changes: dict[str, object] = {}
    for name in _UNITED:
        if more := getattr(other, name):
            changes[name] = tuple(dict.fromkeys((*getattr(one, name), *more)))
    for name in _SINGLE:
        if getattr(one, name) is None and (value := getattr(other, name)) is not None:
            changes[name] = value
    if other.collection:
        changes["collection"] = True
    return replace(one, **changes)  # type: ignore[arg-type]

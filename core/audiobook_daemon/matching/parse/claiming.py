"""Puts the claims of several stretches of a text together."""

from __future__ import annotations

from dataclasses import fields, replace

from audiobook_daemon.matching.claims import Claims

_UNITED = ("authors", "narrators", "series", "formats", "tags")
_SINGLE = tuple(field.name for field in fields(Claims) if field.name not in _UNITED and field.name != "collection")
NOTHING = Claims()
"""What a text claims that only makes noise."""


def merged(first: Claims, *others: Claims) -> Claims:
    """All claims in one: lists are united in their order, of contradicting single claims the first stands."""
    speaking = [claims for claims in (first, *others) if claims is not NOTHING and claims != NOTHING]
    if len(speaking) < 2:
        return speaking[0] if speaking else first
    changes: dict[str, object] = {}
    for name in _UNITED:
        listed = [item for claims in speaking for item in getattr(claims, name)]
        changes[name] = tuple(dict.fromkeys(listed))
    for name in _SINGLE:
        changes[name] = next((value for claims in speaking if (value := getattr(claims, name)) is not None), None)
    changes["collection"] = any(claims.collection for claims in speaking)
    return replace(first, **changes)  # type: ignore[arg-type]

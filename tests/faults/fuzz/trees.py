"""Changes documents of lists, mappings and scalars: what a site sends, with something wrong in one place or more."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

import bencode2

Path = tuple[Any, ...]
_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, -(2**63), 2**64, 10**40, 0.5, -0.0, 1e308, 1e-320),
    *("", " ", "0", "-1", "null", "true", "1e999", "NaN", "12:30", "2024-02-30", "9999-12-31T23:59:59Z", "0001-01-01"),
    *(
        "../../etc/passwd",
        "/",
        "\\\\server\\share",
        "C:\\x",
        "a\x00b",
        "\x1b[31m",
        "\u202e",
        "\u0130",
        "ß",
        "ﬁ",
        "👩‍👩‍👧",
    ),
    *(
        "\ud800",
        "<b>&amp;&#0;&#x110000;</b>",
        "http://[::1",
        "magnet:?xt=urn:btih:",
        "%00%ff",
        "{{}}",
        "#1",
        "1-3, 5",
        "½",
    ),
    *([], {}, [[]], [None], [{}], {"": None}, {"id": {}}),
)
_DEEP = 200


def json_of(sample: bytes, rng: Random) -> bytes:
    """A JSON document with a few changes."""
    tree = changed(json.loads(sample), rng)
    return json.dumps(tree, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, None, 1))).encode(
        "utf-8", "surrogatepass"
    )


def bencode_of(sample: bytes, rng: Random) -> bytes:
    """A bencoded document with a few changes; what cannot be written so is left as it was."""
    tree = changed(bencode2.bdecode(sample), rng, odd=_bencode_oddity)
    try:
        return bytes(bencode2.bencode(tree))
    except (TypeError, ValueError, OverflowError):
        return sample


def changed(document: Any, rng: Random, odd: Callable[[Random], Any] | None = None) -> Any:  # noqa: ANN401
    """A copy of a document with one to four changes."""
    holder = [copy.deepcopy(document)]
    for _ in range(rng.choice((1, 1, 2, 4))):
        _change(holder, rng, odd or oddity)
    return holder[0]


def oddity(rng: Random) -> Any:  # noqa: ANN401
    """A value that nobody expects where it stands."""
    draw = rng.random()
    if draw < 0.8:
        return copy.deepcopy(rng.choice(_ODD))
    if draw < 0.9:
        return rng.choice(("x", "9", "(", "<", "é", "ab ")) * rng.choice((300, 5_000))
    nested: Any = 1
    for _ in range(rng.choice((3, _DEEP))):
        nested = [nested] if rng.random() < 0.5 else {"a": nested}
    return nested


def _bencode_oddity(rng: Random) -> Any:  # noqa: ANN401
    plain: Any = rng.choice(
        (0, -1, 2**70, b"", b"..", b"/", b"a/b", b"\x00", b"\xff\xfe", [], {}, [b""], {b"": {}}, b"p" * 999)
    )
    return copy.deepcopy(plain)


def _change(holder: list[Any], rng: Random, odd: Callable[[Random], Any]) -> None:
    """Change one place of what the holder holds."""
    owner: Any = holder
    key: Any = 0
    while isinstance(inner := owner[key], (dict, list)) and inner and rng.random() < 0.85:
        owner = inner
        key = rng.choice(list(owner)) if isinstance(owner, dict) else rng.randrange(len(owner))
    match rng.randrange(6):
        case 0 if owner is not holder:
            del owner[key]
        case 1 if isinstance(owner, list) and owner is not holder:
            owner.extend(copy.deepcopy(owner[key]) for _ in range(rng.choice((1, 30))))
        case 2 if isinstance(owner, dict):
            other = rng.choice(list(owner))
            owner[key], owner[other] = owner[other], owner[key]
        case 3:
            owner[key] = _of_another_kind(owner[key], rng, odd)
        case _:
            owner[key] = odd(rng)


def _of_another_kind(value: Any, rng: Random, odd: Callable[[Random], Any]) -> Any:  # noqa: ANN401
    """The same, said in another way: a number as text, a value in a list, a list without its brackets."""
    match value:
        case bool() | None:
            return odd(rng)
        case int() | float():
            return rng.choice((str(value), -value, [value], value * 10**9))
        case str():
            return rng.choice(
                (value * 3, value[::-1], [value], {"name": value}, value.upper(), value[: len(value) // 2])
            )
        case bytes():
            return rng.choice((value * 3, value[::-1], [value], value[: len(value) // 2]))
        case list():
            return value[0] if value else {}
        case _:
            return list(value)

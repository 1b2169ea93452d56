"""Changes texts and bytes: words, marks and lines go, come twice, change places; bytes are cut, turned and put in."""

from __future__ import annotations

import re
from random import Random

_TOKENS = re.compile(rb"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
_MOST_TOKENS = 4_000
_WORDS: tuple[bytes, ...] = (
    *(
        b"<",
        b">",
        b"</",
        b"/>",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"&",
        b"&amp;",
        b"&#0;",
        b"&#xD800;",
        b"&x;",
        b"<!DOCTYPE a>",
    ),
    *(b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<?xml version="1.0" encoding="utf-16"?>', b"<?xml?>", b"<html>", b"<item>"),
    *(b'"', b"'", b'""', b",", b";", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\x00", b"\x0b", b"\x1a", b"\xe2\x80\xa8"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"="),
    *(
        b"- ",
        b": ",
        b"!",
        b"!secret ",
        b"!!python/object:a ",
        b"&a ",
        b"*a",
        b"{",
        b"}",
        b"[",
        b"]",
        b"? ",
        b"|\n",
        b"%",
    ),
    *(
        b"999999999999999999999",
        b"-1",
        b"1e999",
        b"0x1F",
        b"9" * 5000,
        b"a" * 5000,
        b"(" * 300,
        b"[" * 300,
        b"<a>" * 300,
    ),
)


def text_of(sample: bytes, rng: Random) -> bytes:
    """A text with a few changes of its words, and now and then of its bytes."""
    tokens = _TOKENS.findall(sample[: 16 * _MOST_TOKENS])
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(tokens) + 1)
        end = min(len(tokens), at + rng.choice((1, 1, 3, 40)))
        match rng.randrange(4):
            case 0:
                del tokens[at:end]
            case 1:
                tokens[at:at] = tokens[at:end] * rng.choice((1, 1, 20))
            case 2:
                tokens[at:at] = [rng.choice(_WORDS)]
            case _:
                other = rng.randrange(len(tokens) + 1)
                tokens[other:other] = tokens[at:end]
    return b"".join(tokens)


def bytes_of(sample: bytes, rng: Random) -> bytes:
    """Bytes with a few changes, as a bad line or a bad disk makes them."""
    content = bytearray(sample)
    for _ in range(rng.choice((1, 1, 2, 8))):
        at = rng.randrange(len(content) + 1)
        match rng.randrange(5):
            case 0:
                del content[at:]
            case 1:
                del content[at : at + rng.choice((1, 2, 8, 100))]
            case 2:
                content[at:at] = rng.randbytes(rng.choice((1, 2, 4, 64)))
            case 3 if at < len(content):
                content[at] = rng.choice((0, 0xFF, 0x7F, 0x80, content[at] ^ 1 << rng.randrange(8)))
            case _:
                content[at:at] = rng.choice(_WORDS)
    return bytes(content)

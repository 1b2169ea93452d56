"""How a key is made, and what is kept of it: a slow hash from which nobody can get the key back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

_MARK = "abd_"
"""By which people and secret scanners know what it is."""
BEGINNING = len(_MARK) + 8
"""Letters of a key that are kept as they are, so that a person knows it again; what follows is long enough."""
_BYTES, _SALT = 32, 16
_COST, _BLOCK, _LANES = 2**14, 8, 1
_MEMORY = 64 * 1024 * 1024
_MOST = 2**15, 8, 4
"""Cost, block and lanes beyond which a hash of somebody else's making is not worked out."""


def new_key() -> str:
    """Return a key nobody has ever seen."""
    return _MARK + secrets.token_urlsafe(_BYTES)


def beginning_of(key: str) -> str:
    """Return the letters by which a key is looked up."""
    return key[:BEGINNING]


def hashed(key: str) -> str:
    """Return what is kept of a key, `scrypt$cost$block$lanes$salt$hash`; takes about 50 ms and 16 MiB."""
    salt = secrets.token_bytes(_SALT)
    found = _scrypt(key, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${_text(salt)}${_text(found)}"


def fits(key: str, kept: str) -> bool:
    """Whether this is the key that was hashed; a text that is no hash fits none."""
    try:
        scheme, cost, block, lanes, salt, found = kept.split("$")
        numbers = int(cost), int(block), int(lanes)
        wanted = base64.b64decode(found, validate=True)
        bounded = all(0 < one <= most for one, most in zip(numbers, _MOST, strict=True))
        if scheme != "scrypt" or not bounded or len(wanted) != _BYTES:
            return False
        return hmac.compare_digest(_scrypt(key, base64.b64decode(salt, validate=True), *numbers), wanted)
    except ValueError:
        return False


def _scrypt(key: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    secret = key.encode(errors="surrogateescape")
    return hashlib.scrypt(secret, salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=_BYTES)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()

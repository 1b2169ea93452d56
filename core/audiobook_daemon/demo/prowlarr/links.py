"""The links of Prowlarr: what they lead to is encrypted anew each time, so that no two are alike."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from urllib.parse import urlencode

_NONCE, _TAG = 8, 8


class Links:
    """Makes and reads links; `secret` lies in Prowlarr's configuration, so they survive a restart."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(16)

    def make(self, base: str, indexer: int, key: str, target: str, name: str) -> str:
        """Make a link below the address of the server; it holds the API key."""
        query = urlencode({"apikey": key, "link": self._encrypted(target.encode()), "file": name})
        return f"{base}/{indexer}/download?{query}"

    def read(self, link: str) -> str | None:
        """Return what the parameter `link` leads to; None if it was not made here."""
        try:
            content = base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))
        except (binascii.Error, ValueError):
            return None
        nonce, tag, hidden = content[:_NONCE], content[_NONCE : _NONCE + _TAG], content[_NONCE + _TAG :]
        target = self._changed(hidden, nonce)
        return target.decode() if hmac.compare_digest(tag, self._tag(nonce, target)) else None

    def _encrypted(self, target: bytes) -> str:
        nonce = secrets.token_bytes(_NONCE)
        content = nonce + self._tag(nonce, target) + self._changed(target, nonce)
        return base64.urlsafe_b64encode(content).decode().rstrip("=")

    def _changed(self, content: bytes, nonce: bytes) -> bytes:
        stream = hashlib.shake_256(self._secret + nonce).digest(len(content))
        return bytes(one ^ other for one, other in zip(content, stream, strict=True))

    def _tag(self, nonce: bytes, target: bytes) -> bytes:
        return hmac.digest(self._secret, nonce + target, "sha256")[:_TAG]

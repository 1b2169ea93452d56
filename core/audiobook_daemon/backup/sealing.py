"""Encrypts a stream with a passphrase: scrypt makes the key, AES-256-GCM seals piece by piece.

Each piece is sealed together with its number and with whether it is the last one, so that none can be left out, moved
or cut off unnoticed (the STREAM construction). The only room that knows `cryptography`.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.manifest import Seal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

COST = (2**16, 8, 1)
"""Of scrypt: 64 MB of memory and a fifth of a second for each guess."""
_DEAREST = (2**20, 16, 4)
PIECE = 64 * 1024
_TAG = 16
_LENGTH = struct.Struct(">I")
_PURPOSE = b"audiobook-daemon backup 1"


class Sealer:
    """Takes bytes and writes them sealed; `close` writes the last piece."""

    def __init__(self, passphrase: str, write: Callable[[bytes], object]) -> None:
        n, r, p = COST
        self.seal = Seal(os.urandom(16).hex(), os.urandom(7).hex(), n, r, p)
        self._cipher = _cipher(passphrase, self.seal)
        self._write = write
        self._rest = bytearray()
        self._number = 0

    def write(self, content: bytes) -> None:
        """Seal what makes whole pieces, keep the rest."""
        self._rest += content
        while len(self._rest) > PIECE:
            self._piece(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]

    def close(self) -> None:
        """Seal the rest as the last piece."""
        self._piece(bytes(self._rest), last=True)

    def _piece(self, content: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self.seal, self._number, last=last), content, _PURPOSE)
        self._write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def opened(passphrase: str, seal: Seal, stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the pieces of what was sealed; raises BackupError for another passphrase and for anything not as sealed."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415

    cipher = _cipher(passphrase, seal)
    number = 0
    piece = _next(stream)
    while piece is not None:
        following = _next(stream)
        try:
            yield cipher.decrypt(_nonce(seal, number, last=following is None), piece, _PURPOSE)
        except InvalidTag:
            text = "The passphrase is another one." if number == 0 else "The secrets of the backup are damaged."
            raise BackupError(text) from None
        piece, number = following, number + 1
    if number == 0:
        raise BackupError("The secrets of the backup are damaged.")


def require() -> None:
    """Raise BackupError if there is nothing to encrypt with."""
    try:
        import cryptography  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        raise BackupError(
            "Encrypting takes the Python package cryptography. Install audiobook-daemon[encryption]."
        ) from error


def _next(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else PIECE * 2
    if not _TAG <= size <= PIECE + _TAG or len(piece := stream.read(size)) != size:
        raise BackupError("The secrets of the backup are damaged.")
    return piece


def _cipher(passphrase: str, seal: Seal) -> AESGCM:
    require()
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    cost = (seal.n, seal.r, seal.p)
    if any(asked > most for asked, most in zip(cost, _DEAREST, strict=True)):
        raise BackupError("The backup asks for more memory to open its secrets than any of ours does.")
    try:
        kdf = Scrypt(salt=bytes.fromhex(seal.salt), length=32, n=seal.n, r=seal.r, p=seal.p)
        return AESGCM(kdf.derive(passphrase.encode()))
    except ValueError:
        raise BackupError("The backup does not say rightly how its secrets are sealed.") from None


def _nonce(seal: Seal, number: int, *, last: bool) -> bytes:
    try:
        prefix = bytes.fromhex(seal.prefix)
    except ValueError:
        prefix = b""
    if len(prefix) != 7:
        raise BackupError("The backup does not say rightly how its secrets are sealed.")
    return prefix + struct.pack(">IB", number, last)

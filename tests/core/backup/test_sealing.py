"""What is sealed comes back as it was, or not at all."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.backup import BackupError, sealing
from audiobook_daemon.backup.manifest import Seal

_TAG = 16
_HEAD = 4


def sealed(content: bytes, passphrase: str = "right", step: int = 50) -> tuple[Seal, bytes]:
    out = io.BytesIO()
    sealer = sealing.Sealer(passphrase, out.write)
    for start in range(0, len(content), step):
        sealer.write(content[start : start + step])
    sealer.close()
    return sealer.seal, out.getvalue()


def opened(seal: Seal, content: bytes, passphrase: str = "right") -> bytes:
    return b"".join(sealing.opened(passphrase, seal, io.BytesIO(content)))


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> object:
    before = sealing.PIECE
    sealing.PIECE = 64
    yield
    sealing.PIECE = before


@given(st.binary(max_size=300), st.integers(1, 200))
def test_every_length_comes_back(content: bytes, step: int) -> None:
    before, sealing.COST = sealing.COST, (2, 8, 1)
    try:
        seal, out = sealed(content, step=step)
        assert opened(seal, out) == content
        assert content not in out or len(content) < 4
    finally:
        sealing.COST = before


def test_another_passphrase_opens_nothing() -> None:
    seal, out = sealed(b"cookie" * 50)
    with pytest.raises(BackupError, match="The passphrase is another one"):
        opened(seal, out, "wrong")


def pieces_of(out: bytes) -> list[bytes]:
    size = _HEAD + 64 + _TAG
    return [out[start : start + size] for start in range(0, len(out), size)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pieces: pieces[:-1],
        lambda pieces: pieces[1:],
        lambda pieces: [pieces[1], pieces[0], *pieces[2:]],
        lambda pieces: [*pieces, pieces[-1]],
        lambda pieces: [pieces[0], *pieces],
        lambda pieces: [*pieces[:-1], pieces[-1][:-1]],
        lambda pieces: [*pieces, b"\0\0"],
        lambda pieces: [b"\xff" * 4, *pieces],
        lambda pieces: [],
    ],
)
def test_nothing_can_be_left_out_moved_or_added(spoil: object) -> None:
    seal, out = sealed(b"0123456789" * 20)
    assert callable(spoil)
    pieces = pieces_of(out)
    assert len(pieces) == 4
    with pytest.raises(BackupError):
        opened(seal, b"".join(spoil(pieces)))


@pytest.mark.parametrize(
    "change", [{"salt": "00"}, {"prefix": "00"}, {"prefix": "zz"}, {"salt": "zz"}, {"n": 3}, {"n": 2**40}, {"r": 10**6}]
)
def test_how_it_was_sealed_may_not_be_anything(change: dict[str, object]) -> None:
    seal, out = sealed(b"cookie")
    with pytest.raises(BackupError):
        opened(replace(seal, **change), out)  # type: ignore[arg-type]

"""The readers of what people, programs and disks give the daemon itself."""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any, cast

from tests.faults.fuzz.reader import Form, Reader

from audiobook_daemon.actions import Actions
from audiobook_daemon.config import Configuration
from audiobook_daemon.control import ControlServer
from audiobook_daemon.daemon import find_plugins, read_configuration
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.errors import AudiobookDaemonError, ConfigurationError
from audiobook_daemon.models import TorrentFile
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.mqtt.payloads import InvalidJson, InvalidPayload, decoded
from audiobook_daemon.pipeline.verify.listening import listen
from audiobook_daemon.shelving import Located, Plan
from audiobook_daemon.shelving.fingerprint import from_json

_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
_COMMANDS = Commands(cast(Any, None), Actions(), cast(Any, None), cast(Any, None)).table


def _request(body: bytes) -> object:
    """A request by MQTT: the payload is read, and then by each command as if it were meant."""
    payload = decoded(body)
    for command in _COMMANDS:
        try:
            command.read(payload)
        except InvalidPayload:
            continue
    return payload


class _Doors:
    """Does nothing, and refuses everything as the daemon does what it does not know."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        async def refuse(*_: object, **__: object) -> object:
            raise AudiobookDaemonError(f"{name} is not known.")

        return refuse


class _Writer:
    """Where the answer would go."""

    def is_closing(self) -> bool:
        return False

    def write(self, data: bytes) -> None:
        json.loads(data)


_SERVER = ControlServer(_FOLDER / "socket", cast(Any, _Doors()))
_LOOP = asyncio.new_event_loop()


def _question(body: bytes) -> object:
    """A line from the command line's socket."""

    async def ask() -> object:
        reader = asyncio.StreamReader()
        reader.feed_data(body)
        reader.feed_eof()
        return await _SERVER._reply(reader, cast(Any, _Writer()))

    told = _LOOP.run_until_complete(ask())
    assert isinstance(told, dict)
    assert "mistake" not in str(told.get("error")), told
    return told


def _configuration(body: bytes) -> Configuration:
    path = _FOLDER / "audiobook-daemon.yaml"
    path.write_bytes(body)
    return read_configuration(path, find_plugins(path, {}), {})


def _secrets(body: bytes) -> Configuration:
    path = _FOLDER / "with-secrets.yaml"
    path.write_bytes(_CONFIGURATION)
    secrets = _FOLDER / "secrets.yaml"
    secrets.write_bytes(body)
    secrets.chmod(0o600)
    return read_configuration(path, find_plugins(path, {}), {})


def _audio(suffix: str) -> Any:  # noqa: ANN401
    def read(body: bytes) -> object:
        path = _FOLDER / f"audio{suffix}"
        path.write_bytes(body)
        return listen(Located(TorrentFile(path.name, len(body)), path))

    return read


def _plan(body: bytes) -> object:
    document = json.loads(body)
    if not isinstance(document, dict):
        return from_json(document)
    plan = Plan.from_json(document)
    return plan.lines(), plan.size


_CONFIGURATION = b"""\
database: sqlite://state.db
timezone: Europe/Berlin
mqtt: {host: 127.0.0.1, port: 1883}
choose: {languages: [en], min_size: 1MB}
plugins:
  mam: {session: !secret mam_session, pace: 1s}
  top10:
    auto_grab: yes
    genres: {fantasy: {count: 3}}
  qbittorrent:
    url: http://127.0.0.1:8080
    username: me
    password: !env NOBODY_HAS_THIS
jobs:
  top10: {at: "0 3 * * sun", do: [{gather: {only: [top10]}}]}
  tend:
    at: "* * * * *"
    do: [watch, verify, shelve]
"""
_TAGS = AudioTags(
    title="Chapter 1",
    artist="Jan Ost",
    album="Wet Sand",
    album_artist="Jan Ost",
    composer="Vera Kolb",
    genre="Fantasy",
    comment="Dry.",
    publisher="House",
    year=2003,
)
_PLAN = {
    "root": "/library",
    "folder": "/library/Jan Ost/Wet Sand",
    "staging": "/library/.audiobook-daemon-1",
    "download": "/downloads/Wet Sand",
    "steps": [{"source": "/downloads/Wet Sand/1.mp3", "name": "1.mp3", "size": 5}],
}
_PRINTS = [{"name": "1.mp3", "size": 5, "modified_ns": 1, "inode": 2, "device": 3, "digest": "ab"}]
READERS = (
    Reader(
        "mqtt: requests",
        _request,
        Form.JSON,
        (
            b'{"id": 5, "transaction": "x"}',
            b'{"title": "Emma", "author": "Jane Austen"}',
            b'{"enabled": true}',
            b'"PRESS"',
        ),
        declared=(InvalidJson, InvalidPayload),
    ),
    Reader(
        "control socket",
        _question,
        Form.JSON,
        (
            b'{"action": "shelve", "arguments": {"limit": 3}}',
            b'{"job": "tend"}',
            b'{"reload": true}',
            b'{"pause": "tend"}',
        ),
        declared=(),
    ),
    Reader("configuration", _configuration, Form.TEXT, (_CONFIGURATION,), declared=(ConfigurationError,), weight=0.05),
    Reader(
        "secrets file",
        _secrets,
        Form.TEXT,
        (b'mam_session: "a%2Bb"\nother: x\n',),
        declared=(ConfigurationError,),
        weight=0.05,
    ),
    Reader("audio: mp3", _audio(".mp3"), Form.BYTES, (make_mp3(2.0, _TAGS),), declared=(), weight=0.3),
    Reader("audio: m4b", _audio(".m4b"), Form.BYTES, (make_m4b(2.0, _TAGS, []),), declared=(), weight=0.3),
    Reader(
        "stored plans",
        _plan,
        Form.JSON,
        (json.dumps(_PLAN).encode(), json.dumps(_PRINTS).encode()),
        declared=(ValueError,),
    ),
)


def forget() -> None:
    """Remove what was written for readers that want a file."""
    for place in _FOLDER.iterdir():
        place.unlink()

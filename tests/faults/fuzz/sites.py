"""The readers of trackers and download clients."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

from tests.faults.fuzz.reader import NOW, SITE, Form, Reader, answer

from audiobook_daemon import read_torrent
from audiobook_daemon.torrents import read_magnet
from audiobook_plugins.mam import account, answers, parse
from audiobook_plugins.mam.session import rotated
from audiobook_plugins.prowlarr import answers as prowlarr_answers
from audiobook_plugins.prowlarr import parse as prowlarr_parse
from audiobook_plugins.prowlarr import trackers
from audiobook_plugins.qbittorrent import parse as qbittorrent_parse
from audiobook_plugins.qbittorrent import records
from audiobook_plugins.qbittorrent.paths import PathMap

SAMPLES = Path(__file__).parents[2] / "samples"
_LOG = logging.getLogger("tests.fuzz")
_TRACKER = trackers.Tracker(1, "somewhere")


def bodies(*parts: str) -> tuple[bytes, ...]:
    """The bodies of recorded answers; files that hold many cases give one for each."""
    found = [body for part in parts for path in sorted(SAMPLES.glob(part)) for body in _bodies(path)]
    assert found, parts
    return tuple(found)


def _bodies(path: Path) -> Iterator[bytes]:
    document = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(document, dict) and isinstance(document.get("response"), dict):
        document = document["response"].get("body")
    yield json.dumps(document).encode()


def _mam_search(body: bytes) -> object:
    page = parse.read_page(answers.read_json(answer(body)))
    return parse.read_releases(page.rows, "mam", "https://site.example", NOW, _LOG)


def _mam_account(body: bytes) -> object:
    return account.read_account(answers.read_json(answer(body)))


def _mam_words(body: bytes) -> object:
    for status in (302, 403, 404, 500):
        try:
            answers.read_json(answer(body, status))
        except SITE:
            continue
        raise AssertionError(f"status {status} was taken for data")
    return rotated([body.decode("utf-8", "replace")])


def _download(body: bytes) -> object:
    return read_torrent(answers.read_download(answer(body)))


def _prowlarr_search(body: bytes) -> object:
    return prowlarr_parse.read_releases(prowlarr_answers.read_json(answer(body)), "prowlarr", _TRACKER)


def _prowlarr_trackers(body: bytes) -> object:
    return trackers.read_trackers(prowlarr_answers.read_json(answer(body)))


def _prowlarr_words(body: bytes) -> object:
    return prowlarr_answers.words_of(answer(body, 500))


def _torrents(body: bytes) -> object:
    rows = records.read(answer(body), records.TORRENTS)
    return [qbittorrent_parse.download("client", row, PathMap({})) for row in rows]


def _trackers(body: bytes) -> object:
    rows = records.read(answer(body), records.TRACKERS)
    return qbittorrent_parse.tracker_message(rows)


def _client_settings(body: bytes) -> object:
    preferences = records.read(answer(body), records.PREFERENCES)
    added = records.read(answer(body), records.ADDED)
    return preferences, added, records.read(answer(body), records.CATEGORIES)


def _versions(body: bytes) -> object:
    return qbittorrent_parse.version(answer(body), answer(body))


_TORRENTS = tuple(path.read_bytes() for path in sorted(SAMPLES.glob("*/*.torrent")))
_ROW = {
    "hash": "0" * 40,
    "name": "Emma",
    "state": "stalledUP",
    "progress": 1,
    "size": 5,
    "dlspeed": 0,
    "eta": 8640000,
    "num_seeds": 1,
    "num_leechs": 0,
    "content_path": "/downloads/Emma",
    "save_path": "/downloads",
}
READERS = (
    Reader("mam: search", _mam_search, Form.JSON, bodies("mam/search*.json"), covers=("mam.parse", "mam.answers")),
    Reader("mam: account", _mam_account, Form.JSON, bodies("mam/jsonload*.json"), covers=("mam.answers",)),
    Reader(
        "mam: refusals and cookies",
        _mam_words,
        Form.TEXT,
        ((SAMPLES / "mam" / "login_page_200.html").read_bytes(), b"mam_id=abc; path=/; Max-Age=10", b"Invalid session"),
        covers=("mam.answers",),
    ),
    Reader("mam: .torrent", _download, Form.BENCODE, _TORRENTS, covers=("mam.answers",)),
    Reader("torrent", read_torrent, Form.BENCODE, _TORRENTS),
    Reader(
        "magnet",
        lambda body: read_magnet(body.decode("utf-8", "replace")),
        Form.TEXT,
        (b"magnet:?xt=urn:btih:" + b"a1" * 20 + b"&dn=Emma&tr=http%3A%2F%2Fx",),
    ),
    Reader(
        "prowlarr: search",
        _prowlarr_search,
        Form.JSON,
        bodies("prowlarr/search*.json"),
        covers=("prowlarr.parse", "prowlarr.answers"),
    ),
    Reader("prowlarr: indexers", _prowlarr_trackers, Form.JSON, bodies("prowlarr/indexer*.json")),
    Reader(
        "prowlarr: error pages",
        _prowlarr_words,
        Form.TEXT,
        (b'<error code="100" description="Wrong key"/>', b'[{"errorMessage": "no"}]'),
        covers=("prowlarr.answers",),
    ),
    Reader(
        "qbittorrent: torrents", _torrents, Form.JSON, (json.dumps([_ROW]).encode(),), covers=("qbittorrent.parse",)
    ),
    Reader(
        "qbittorrent: trackers",
        _trackers,
        Form.JSON,
        (b'[{"url": "** [DHT] **", "status": 2, "msg": ""}, {"url": "http://t", "status": 4, "msg": "no"}]',),
        covers=("qbittorrent.parse",),
    ),
    Reader(
        "qbittorrent: settings",
        _client_settings,
        Form.JSON,
        (
            b'{"max_ratio_enabled": true, "max_ratio": 2.5}',
            b"{}",
            b'{"success_count": 1}',
            b'{"books": {"savePath": "/x"}}',
        ),
    ),
    Reader(
        "qbittorrent: version",
        _versions,
        Form.TEXT,
        (b"v4.6.3", b"v5.2.0beta1", b"2.11.2"),
        covers=("qbittorrent.parse",),
    ),
)

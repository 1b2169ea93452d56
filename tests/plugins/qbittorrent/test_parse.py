"""Rows and texts of every generation become our values; what nobody knows is never READY."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audiobook_daemon import DownloadState, HttpAnswer, Unavailable
from audiobook_plugins.qbittorrent import parse
from audiobook_plugins.qbittorrent.paths import PathMap
from audiobook_plugins.qbittorrent.records import TORRENTS, TorrentRecord, TrackerRecord, read

ID = "0123456789abcdef0123456789abcdef01234567"
NOWHERE = PathMap(())


def _row(**fields: object) -> TorrentRecord:
    return TorrentRecord.model_validate({"hash": ID, **fields})


def _answer(text: str) -> HttpAnswer:
    return HttpAnswer(200, {}, (), text.encode("utf-8", "surrogatepass"), "http://127.0.0.1/api/v2/x")


@pytest.mark.parametrize(
    ("word", "finished", "unfinished"),
    [
        ("uploading", "ready", "downloading"),
        ("stalledUP", "ready", "downloading"),
        ("queuedUP", "ready", "downloading"),
        ("forcedUP", "ready", "downloading"),
        ("pausedUP", "ready", "stopped"),
        ("stoppedUP", "ready", "stopped"),
        ("moving", "moving", "moving"),
        ("checkingUP", "checking", "checking"),
        ("checkingDL", "checking", "checking"),
        ("checkingResumeData", "checking", "checking"),
        ("downloading", "downloading", "downloading"),
        ("forcedDL", "downloading", "downloading"),
        ("stalledDL", "stalled", "stalled"),
        ("queuedDL", "queued", "queued"),
        ("pausedDL", "stopped", "stopped"),
        ("stoppedDL", "stopped", "stopped"),
        ("metaDL", "stalled", "stalled"),
        ("forcedMetaDL", "stalled", "stalled"),
        ("error", "failed", "failed"),
        ("missingFiles", "failed", "failed"),
        ("unknown", "checking", "checking"),
        ("a word of the future", "checking", "checking"),
    ],
)
def test_every_state_has_its_meaning(word: str, finished: str, unfinished: str) -> None:
    assert parse.state(_row(state=word, progress=1, amount_left=0)) is DownloadState(finished)
    assert parse.state(_row(state=word, progress=0.999, amount_left=10)) is DownloadState(unfinished)


def test_progress_alone_or_nothing_left_alone_is_not_ready() -> None:
    assert parse.state(_row(state="stalledUP", progress=1, amount_left=5)) is DownloadState.DOWNLOADING
    assert parse.state(_row(state="stalledUP", progress=0.5, amount_left=0)) is DownloadState.DOWNLOADING
    assert parse.state(_row(state="stalledUP", progress=1)) is DownloadState.DOWNLOADING


def test_metadata_comes_in_while_there_are_peers() -> None:
    assert parse.state(_row(state="metaDL", num_leechs=1)) is DownloadState.DOWNLOADING


@pytest.mark.parametrize(
    ("word", "seeding"),
    [
        ("uploading", True), ("forcedUP", True), ("stalledUP", True), ("pausedUP", False), ("stoppedUP", False),
        ("error", False), ("missingFiles", False), ("queuedUP", None), ("checkingUP", None), ("moving", None),
        ("downloading", None), ("a word of the future", None),
    ],
)  # fmt: skip
def test_who_is_offered_to_others_is_known_where_it_is_said(word: str, seeding: bool | None) -> None:
    found = parse.download("client", _row(state=word, seeding_time=7200), NOWHERE)
    assert (found.seeding, found.seeding_time) == (seeding, 7200)
    assert parse.download("client", _row(state=word), NOWHERE).seeding_time is None


def test_a_row_is_read_whole() -> None:
    row = _row(
        hash=ID.upper(), name="A Book", state="downloading", progress=0.25, amount_left=75, size=100, dlspeed=10,
        eta=8, content_path="/downloads/A Book", save_path="/downloads",
    )  # fmt: skip
    found = parse.download("client", row, PathMap([("/downloads", "/mnt/here")]))
    assert (found.client, found.id, found.state) == ("client", ID, DownloadState.DOWNLOADING)
    assert (found.name, found.progress, found.size, found.rate, found.eta) == ("A Book", 0.25, 100, 10, 8)
    assert (found.path, found.root, found.message) == ("/mnt/here/A Book", "/mnt/here", None)


def test_the_unknown_is_none() -> None:
    found = parse.download("client", _row(size=0, eta=8_640_000, progress=-1, dlspeed=-1), NOWHERE)
    assert (found.size, found.eta, found.progress, found.rate) == (None, None, 0.0, 0)
    assert (found.path, found.root) == (None, None)


@pytest.mark.parametrize("path", ["A Book", "", "/downloads/A Book"])
def test_no_path_is_believed_while_resume_data_is_checked(path: str) -> None:
    row = _row(state="checkingResumeData", content_path=path, save_path="/downloads")
    found = parse.download("client", row, NOWHERE)
    assert (found.path, found.root) == (None, "/downloads")


@pytest.mark.parametrize("path", ["A Book", "../A Book", "/downloads/../etc", "/down\0loads", "/down\ud800loads"])
def test_an_unsound_path_is_none(path: str) -> None:
    assert parse.download("client", _row(content_path=path), NOWHERE).path is None


def test_faults_are_told_in_the_clients_words() -> None:
    found = parse.download("client", _row(state="missingFiles"), NOWHERE)
    assert found.message is not None
    assert found.message.startswith("missingFiles")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ID, ID),
        (f" {ID.upper()} ", ID),
        ("all", None),
        ("", None),
        (ID[:-1], None),
        (f"{ID}|{ID}", None),
        (ID[:-1] + "g", None),
    ],
)
def test_only_one_info_hash_is_an_id(text: str, expected: str | None) -> None:
    assert parse.torrent_id(text) == expected


def _tracker(status: int, message: str, url: str = "http://tracker.test/announce") -> TrackerRecord:
    return TrackerRecord(url=url, status=status, msg=message)


@pytest.mark.parametrize(
    ("trackers", "expected"),
    [
        ([], None),
        ([_tracker(4, "Unrecognized host/PassKey")], "Unrecognized host/PassKey"),
        ([_tracker(5, " unregistered\n torrent ")], "unregistered torrent"),
        ([_tracker(4, "unregistered torrent"), _tracker(2, "")], None),
        ([_tracker(4, "")], None),
        ([_tracker(1, "not yet")], None),
        ([_tracker(0, "This torrent is private", "** [DHT] **"), _tracker(6, "timed out")], "timed out"),
        ([_tracker(4, "gone: http://t.test/PASSKEY/announce says no")], "gone: <address> says no"),
    ],
)
def test_trackers_say_why_nothing_comes(trackers: list[TrackerRecord], expected: str | None) -> None:
    assert parse.tracker_message(trackers) == expected


def test_versions_are_read() -> None:
    found = parse.version(_answer("v4.5.2\n"), _answer("2.8.19"))
    assert (found.program, found.web_api) == ("4.5.2", (2, 8, 19))
    assert parse.version(_answer("v5.2.0beta1"), _answer("2.15")).web_api == (2, 15)


@pytest.mark.parametrize("text", ["", "Ok.", "<html>", "42", "v4.", '"5.0"', "1." * 500])
def test_what_is_no_version_is_no_qbittorrent(text: str) -> None:
    for program, web_api in ((text, "2.8.19"), ("v4.5.2", text)):
        with pytest.raises(Unavailable, match="is this qBittorrent"):
            parse.version(_answer(program), _answer(web_api))


def test_a_lone_surrogate_in_a_name_becomes_plain_text() -> None:
    (row,) = read(_answer(f'[{{"hash": "{ID}", "name": "A\\ud800B"}}]'), TORRENTS)
    assert row.name == "A?B"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[1]",
        "[{}]",
        '[{"hash": 7}]',
        f'[{{"hash": "{ID}", "progress": NaN}}]',
        f'[{{"hash": "{ID}", "progress": "half"}}]',
        f'[{{"hash": "{ID}", "size": 1e400}}]',
        f'[{{"hash": "{ID}", "size": {10**30}}}]',
        f'[{{"hash": "{ID}", "name": ["a"]}}]',
    ],
)
def test_a_row_that_is_none_makes_the_answer_unusable(text: str) -> None:
    """A torrent that is left out would count as gone, so nothing is left out."""
    with pytest.raises(Unavailable, match="another shape"):
        read(_answer(text), TORRENTS)


@pytest.fixture
def mapped() -> Callable[[str], str | None]:
    pairs = [("/data", "/a/"), ("/data/books/", "/b"), ("D:\\Torrents", "/windows")]
    return PathMap(pairs).local


def test_the_longest_prefix_counts_and_only_whole_names(mapped: Callable[[str], str | None]) -> None:
    assert mapped("/data/books/X") == "/b/X"
    assert mapped("/data/bookshop/X") == "/a/bookshop/X"
    assert mapped("/data") == "/a"
    assert mapped("/database/X") == "/database/X"
    assert mapped("D:\\Torrents\\A Book\\1.mp3") == "/windows/A Book/1.mp3"

"""What feeds say is read in every usual shape, compared as versions are, and never trusted."""

from __future__ import annotations

import pytest

from audiobook_daemon.upkeep.versions.feed import NewVersion, names_releases, newest_of


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"tag_name": "v1.2.0", "html_url": "https://example.org/1", "body": "Covers.\r\n\r\n* more", "name": "1.2"},
         NewVersion("1.2.0", "https://example.org/1", "Covers. * more")),
        ({"tag_name": "audiobook-daemon-1.2.0"}, NewVersion("1.2.0")),
        ({"version": "1.2.0", "url": "http://example.org/", "summary": "x" * 300},
         NewVersion("1.2.0", "http://example.org/", "x" * 254 + "…")),
        ({"info": {"version": "1.2.0", "summary": "A daemon", "release_url": "https://example.org/p"}},
         NewVersion("1.2.0", "https://example.org/p")),
        ([{"tag_name": "1.9"}, {"tag_name": "v1.10"}, {"tag_name": "1.2"}], NewVersion("1.10")),
        ([{"tag_name": "2.0", "draft": True}, {"tag_name": "1.5"}], NewVersion("1.5")),
        ([{"tag_name": "2.0", "prerelease": True}, {"tag_name": "1.5"}], NewVersion("1.5")),
        ([{"tag_name": "2.0rc1"}, {"tag_name": "1.5"}], NewVersion("1.5")),
        ({"tag_name": "1.5", "html_url": "javascript:alert(1)", "body": "a\x1b[31mb\u202ec"},
         NewVersion("1.5", None, "a [31mb c")),
        ({"tag_name": "1.5", "html_url": "https://example.org/a b"}, NewVersion("1.5")),
    ],
)  # fmt: skip
def test_every_usual_shape_is_read(document: object, found: NewVersion) -> None:
    assert newest_of(document, "1.0.0") == found


@pytest.mark.parametrize(
    "document", [None, 7, "1.2", [], {}, [7, None], {"version": 3}, {"tag_name": "latest"}, {"version": "9" * 200},
                 {"info": []}, {"tag_name": "2.0.dev3"}],
)  # fmt: skip
def test_what_names_no_release_is_none(document: object) -> None:
    assert newest_of(document, "1.0.0") is None


def test_who_runs_an_early_version_is_told_of_others() -> None:
    assert newest_of([{"tag_name": "2.0rc2"}, {"tag_name": "1.5"}], "2.0rc1") == NewVersion("2.0rc2")


@pytest.mark.parametrize(
    ("document", "shaped"),
    [
        ([], True), ({"tag_name": "nightly"}, True), ([{"version": "1"}, {"version": "2rc1"}], True),
        ({"info": {}}, True), ({"message": "Not Found"}, False), (None, False), ([7], False), ("1.2", False),
    ],
)  # fmt: skip
def test_a_document_of_another_shape_is_no_feed(document: object, shaped: bool) -> None:
    assert names_releases(document) is shaped

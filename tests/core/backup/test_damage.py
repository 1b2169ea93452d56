"""A backup that is not whole, or made to do harm, is refused by a sentence, and nothing is touched."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.backup.conftest import NOW, PASSPHRASE, Home

from audiobook_daemon.backup import BackupError, Wanted, restore
from audiobook_daemon.backup.reading import opened
from audiobook_daemon.errors import AudiobookDaemonError

Parts = dict[str, bytes]


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, parts: Parts) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def with_manifest(parts: Parts, change: Callable[[dict[str, object]], object]) -> Parts:
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    return parts | {"manifest.json": json.dumps(manifest).encode()}


def replaced(parts: Parts, name: str, content: bytes, rows: int | None = None) -> Parts:
    """Another content, with checksums that are right."""

    def change(manifest: dict[str, object]) -> None:
        listed = manifest["parts"]
        assert isinstance(listed, list)
        told = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": rows}
        manifest["parts"] = [part for part in listed if part["name"] != name] + [told]

    return with_manifest(parts, change) | {name: content}


async def refused(backup: Path, elsewhere: Home) -> str:
    before = elsewhere.contents()
    wanted = Wanted(backup, elsewhere.configuration, aside=True, passphrase=PASSPHRASE)
    with pytest.raises(AudiobookDaemonError) as refusal:
        await restore(wanted, os.environ, NOW)
    assert elsewhere.contents() == before
    return str(refusal.value)


SPOILT: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "a name that leads out": (lambda parts: replaced(parts, "../../evil.jsonl", b"{}"), "a name that none of ours has"),
    "an absolute name": (lambda parts: replaced(parts, "/etc/cron.d/evil", b"{}"), "a name that none of ours has"),
    "a file more": (lambda parts: parts | {"tables/more.jsonl": b""}, "does not hold what it says"),
    "a file less": (lambda parts: {k: v for k, v in parts.items() if "wants" not in k}, "does not hold what it says"),
    "another content": (lambda parts: parts | {"tables/wants.jsonl": b'{"id":1}'}, "tables/wants.jsonl is damaged"),
    "a bomb": (lambda parts: replaced(parts, "tables/wants.jsonl", b"\0" * 40_000_000, 1), "would unpack to 40 MB"),
    "no manifest": (lambda parts: {"a": b""}, "it has no manifest"),
    "a manifest of nonsense": (lambda parts: parts | {"manifest.json": b"[]"}, "its manifest cannot be read"),
    "a backup of another program": (
        lambda parts: with_manifest(parts, lambda told: told.update(format="photos")),
        "it is no backup of audiobook-daemon",
    ),
    "a newer layout": (
        lambda parts: with_manifest(parts, lambda told: told.update(layout=2, version="9.0")),
        r"newer version of audiobook-daemon (9.0)",
    ),
    "a newer revision": (
        lambda parts: with_manifest(parts, lambda told: told.update(revision="0815")),
        "its revision 0815 is unknown",
    ),
    "a row too few": (
        lambda parts: replaced(parts, "tables/wants.jsonl", parts["tables/wants.jsonl"], 6),
        "has 5 rows of wants and says that it has 6",
    ),
    "a row that does not fit": (
        lambda parts: replaced(parts, "tables/wants.jsonl", b'{"id":1}\n', 1),
        "A row of wants does not fit its table",
    ),
    "a row twice": (
        lambda parts: replaced(parts, "tables/wants.jsonl", parts["tables/wants.jsonl"] * 2, 10),
        "Rows of wants do not fit the database",
    ),
    "a row of nobody": (
        lambda parts: replaced(parts, "tables/wants.jsonl", b"", 0),
        "Rows of events belong to rows of wants that are not there",
    ),
    "no JSON": (lambda parts: replaced(parts, "tables/wants.jsonl", b"{", 1), "a line that cannot be read"),
    "no rows but lists": (
        lambda parts: replaced(parts, "tables/wants.jsonl", b"[]\n", 1),
        "a line that cannot be read",
    ),
    "a table we do not have": (
        lambda parts: replaced(parts, "tables/sqlite_master.jsonl", b"", 0),
        "which no database of its revision has",
    ),
    "other secrets": (lambda parts: replaced(parts, "secrets.bin", b"\0\0\0\x20" + b"a" * 32), "passphrase is another"),
}


@pytest.mark.parametrize("spoil", SPOILT)
async def test_it_is_refused_and_nothing_is_touched(backup: Path, elsewhere: Home, spoil: str) -> None:
    change, says = SPOILT[spoil]
    elsewhere.file.write_bytes(b"damaged, and kept")
    rewritten(backup, change(parts_of(backup)))
    assert says in await refused(backup, elsewhere)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no archive at all" * 99])
async def test_what_is_no_archive_is_refused(tmp_path: Path, elsewhere: Home, content: bytes) -> None:
    file = tmp_path / "other.zip"
    file.write_bytes(content)
    assert "cannot be used" in await refused(file, elsewhere)
    assert "There is no file" in await refused(tmp_path / "nowhere.zip", elsewhere)


async def test_it_can_be_cut_short_nowhere(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    short = tmp_path / "short.zip"
    for length in range(0, len(content), 211):
        short.write_bytes(content[:length])
        with pytest.raises(BackupError), opened(short):
            pass


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bit_that_turns_is_noticed_or_changes_nothing(backup: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(backup.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    flipped = tmp_path / "flipped.zip"
    flipped.write_bytes(content)
    try:
        with opened(flipped) as archive:
            found = {}
            for part in archive.manifest.parts:
                with archive.part(part.name) as stream:
                    found[part.name] = stream.read()
    except BackupError:
        return
    assert found == {name: content for name, content in parts_of(backup).items() if name != "manifest.json"}

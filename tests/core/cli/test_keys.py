"""`keys` without a running daemon: what is made, shown once, and listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook_daemon.store import fits

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke


def told(invoke: Invoke, *words: str) -> str:
    done = invoke(*words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_without_any_key_it_is_said_how_to_make_one(invoke: Invoke, config: Path) -> None:
    assert told(invoke, "keys", "list") == "There is no key yet: audiobook-daemon keys add NAME\n"
    assert json.loads(told(invoke, "keys", "list", "--json")) == []


def test_a_key_is_made_and_printed_once(invoke: Invoke, config: Path) -> None:
    key, said = told(invoke, "keys", "add", "tablet", "--scope", "act", "--expires", "90d").splitlines()
    assert said == "This is the key tablet (act). Keep it: it is not shown again."
    assert len(key) >= 40
    listed = told(invoke, "keys", "list")
    assert key not in listed
    assert [line.split()[:3] for line in listed.splitlines() if "tablet" in line] == [["tablet", "act", key[:12]]]
    (row,) = json.loads(told(invoke, "keys", "list", "--json"))
    assert (row["scope"], row["configured"], row["last_used"]) == ("act", False, None)
    assert row["expires"] > row["created"]


def test_a_key_is_exchanged_and_removed(invoke: Invoke, config: Path) -> None:
    first = json.loads(told(invoke, "keys", "add", "tablet", "--json"))
    second = json.loads(told(invoke, "keys", "rotate", "tablet", "--overlap", "2h", "--json"))
    assert first["key"] != second["key"]
    assert (first["scope"], first["previous_until"]) == ("admin", None)
    assert second["previous_until"]
    assert "the key before is good until" in told(invoke, "keys", "list")
    assert told(invoke, "keys", "remove", "tablet") == "The key tablet opens nothing any more.\n"
    assert json.loads(told(invoke, "keys", "list", "--json")) == []


REFUSED = (
    (("add", "<script>"), "A key is named with letters"),
    (("add", "own"), "There is a key called 'own' in the configuration."),
    (("add", "x", "--expires", "soon"), "should be a time with its unit"),
    (("add", "x", "--expires", "0"), "more than nothing"),
    (("add", "x", "--expires", "99999d"), "ten years at most"),
    (("rotate", "own"), "stands in the configuration; change it there."),
    (("rotate", "nobody"), "There is no key called 'nobody'."),
    (("rotate", "nobody", "--overlap", "31d"), "30 days at most"),
    (("remove", "nobody"), "There is no key called 'nobody'."),
)


def test_what_cannot_be_done_is_said_in_a_sentence(invoke: Invoke, config: Path) -> None:
    config.write_text(f"{config.read_text()}web: {{keys: [{{name: own, key: a-key-of-my-own-making}}]}}\n")
    for words, said in REFUSED:
        done = invoke("keys", *words)
        assert (done.exit_code, done.stdout) == (1, ""), words
        assert said in done.stderr
        assert "a-key-of-my-own-making" not in done.stderr


def test_a_hash_for_the_configuration_fits_the_key_beside_it(invoke: Invoke, config: Path) -> None:
    key, _, line = told(invoke, "keys", "hash").splitlines()
    kept = line.partition("hash: '")[2].partition("'")[0]
    assert fits(key, kept)
    config.write_text(f"{config.read_text()}{line.replace('NAME', 'tablet')}\n")
    assert "tablet" in told(invoke, "keys", "list")

"""Some thousand strange inputs for every parser of outside data; `make fuzz` has a million."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faults.fuzz.own import forget
from tests.faults.fuzz.reader import Form, Reader
from tests.faults.fuzz.running import READERS, Fuzzed, feed, one, shares, table

import audiobook_plugins

INPUTS = 3_000
PARSERS = ("parse", "answers")
"""The names of the modules of plugins that read what comes from outside."""
BY_NAME = {reader.name: reader for reader in READERS}
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@pytest.fixture(scope="module", autouse=True)
def _tidy() -> Iterator[None]:
    yield
    forget()


@pytest.mark.parametrize(("name", "inputs"), [(reader.name, inputs) for reader, inputs in shares(INPUTS)])
def test_a_reader_raises_nothing_but_what_it_declares(name: str, inputs: int) -> None:
    result = feed(BY_NAME[name], seed=1, inputs=inputs)
    assert result.inputs == inputs
    assert not result.told, result.told[0]


def members(name: str) -> list[str]:
    """The names that a reader's sound documents give their members."""
    found: dict[str, None] = {}

    def look(document: object) -> None:
        if isinstance(document, dict):
            found.update(dict.fromkeys(document))
        for inner in (
            document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
        ):
            look(inner)

    for sample in BY_NAME[name].samples:
        look(json.loads(sample))
    return list(found) or ["x"]


def documents(name: str) -> st.SearchStrategy[Any]:
    """Any document whose members are called as the reader knows them."""
    names = st.sampled_from(members(name))
    return st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6))


@pytest.mark.parametrize("name", [reader.name for reader in READERS if reader.form is Form.JSON])
def test_a_document_of_any_shape_is_read_or_refused(name: str) -> None:
    @settings(max_examples=20, deadline=None, derandomize=True, database=None)
    @given(documents(name))
    def read(document: object) -> None:
        result = Fuzzed(name, 0)
        one(BY_NAME[name], json.dumps(document).encode(), result)
        assert not result.told, result.told[0]

    read()


@pytest.mark.parametrize(
    "name", [reader.name for reader in READERS if reader.form is not Form.JSON and reader.weight == 1]
)
def test_bytes_of_any_kind_are_read_or_refused(name: str) -> None:
    @settings(max_examples=20, deadline=None, derandomize=True, database=None)
    @given(st.binary(max_size=300))
    def read(content: bytes) -> None:
        result = Fuzzed(name, 0)
        one(BY_NAME[name], content, result)
        assert not result.told, result.told[0]

    read()


def test_no_parser_of_a_plugin_is_missing() -> None:
    home = Path(audiobook_plugins.__path__[0])
    there = {f"{path.parent.name}.{path.stem}" for name in PARSERS for path in home.glob(f"*/{name}.py")}
    assert there
    assert there == {module for reader in READERS for module in reader.covers}


@pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])
def test_what_is_sound_is_read(reader: Reader) -> None:
    """Else nothing but the first check of a reader would be tried."""
    result = Fuzzed(reader.name, 0)
    for sample in reader.samples:
        one(reader, sample, result)
    assert not result.told, result.told[0]
    sound = {"google_books: refusals", "configuration", "secrets file"}
    assert result.refusals < result.inputs or reader.name in sound


def test_the_same_seed_makes_the_same_inputs() -> None:
    reader = BY_NAME["mam: search"]
    assert [reader.input(Random(7)) for _ in range(2)] == [reader.input(Random(7)) for _ in range(2)]


def test_what_escapes_hangs_or_is_declared_is_told_apart() -> None:
    def read(content: bytes) -> object:
        if content == b"hang":
            while True:
                pass
        raise {b"declared": ValueError, b"escapes": KeyError}[content]

    reader = Reader("x", read, Form.BYTES, (b"",), declared=(ValueError,))
    result = Fuzzed("x", 1)
    for content in (b"declared", b"escapes"):
        one(reader, content, result)
    assert (result.inputs, result.refusals, result.escapes) == (2, 1, 1)
    assert "KeyError" in result.told[0]
    assert "| x | 2 | 1 | 1 |" in table([result])

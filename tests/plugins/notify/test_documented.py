"""The page for people names every kind of message and everything that its templates know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audiobook_plugins.notify.addresses import mistake_in
from audiobook_plugins.notify.config import NotifyConfig
from audiobook_plugins.notify.kinds import Kind
from audiobook_plugins.notify.ledger import MOST_OUT
from audiobook_plugins.notify.samples import sample_of
from audiobook_plugins.notify.wording import SUMMARY

PAGE = (Path(__file__).parents[3] / "docs" / "notifications.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| `")]


def words(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


@pytest.mark.parametrize("kind", [*Kind, SUMMARY])
def test_the_variables_of_a_kind_are_listed(kind: str) -> None:
    row = next(row for row in reversed(ROWS) if kind in words(row.split("|")[1]))
    sample = sample_of(kind)
    inner = {
        name
        for many in sample.values()
        if isinstance(many, list)
        for one in many
        if isinstance(one, dict)
        for name in one
    }
    assert words(row.split("|")[2]) == set(sample) | inner


def test_every_kind_is_explained_and_every_refused_service_is_one() -> None:
    assert [words(row.split("|")[1]) for row in ROWS][1 : len(Kind) + 1] == [{kind.value} for kind in Kind]
    for scheme in re.findall(r"`(\w+)://`", PAGE):
        assert mistake_in(f"{scheme}://x"), scheme


def test_the_figures_are_those_of_the_program() -> None:
    config = NotifyConfig.model_validate({"urls": ["ntfy://x"]})
    assert f"`digest_events` ({', '.join(config.digest_events)})" in PAGE
    assert set(Kind) - set(config.events) == {Kind.GRABBED}
    assert f"up to {MOST_OUT} messages" in PAGE

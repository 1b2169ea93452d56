"""What plugins/README.md shows is what lies in tests/foreign/librivox and in the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import audiobook_daemon
from audiobook_daemon.plugin import ROLES, manner_of

ROOT = Path(__file__).parents[2]
LIBRIVOX = ROOT / "tests" / "foreign" / "librivox"
README = (ROOT / "plugins" / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_plugin_is_the_file() -> None:
    plugin = (LIBRIVOX / "audiobook_daemon_librivox" / "__init__.py").read_text("utf-8")
    assert blocks("python")[0] == plugin
    assert sum(1 for line in plugin.splitlines() if line.strip()) <= 60


def test_the_test_is_part_of_the_file() -> None:
    assert blocks("python")[1] in (LIBRIVOX / "tests" / "test_librivox.py").read_text("utf-8")


def test_the_entry_point_is_the_one_of_the_distribution() -> None:
    assert blocks("toml")[0] in (LIBRIVOX / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: str(role.__name__))
def test_the_table_of_roles(role: type) -> None:
    hooks = [name for name, value in vars(role).items() if callable(value) and not name.startswith("_")]
    asked = " ".join(f"`{name}`" for name in hooks if manner_of(getattr(role, name)).broadcast)
    told = " ".join(f"`{name}`" for name in hooks if not manner_of(getattr(role, name)).broadcast)
    row = re.search(rf"^\| `{role.__name__}` \| (.*?) ?\| (.*?) ?\|$", README, re.MULTILINE)
    assert row is not None
    assert row.groups() == (asked, told)


def test_the_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert links
    for link in links:
        assert (ROOT / "plugins" / link).exists(), link


def test_all_roles_and_errors_come_through_the_public_door() -> None:
    named = set(re.findall(r"^\| `([A-Z]\w+)`", README, re.MULTILINE))
    assert named >= {role.__name__ for role in ROLES}
    assert named <= set(audiobook_daemon.__all__)

"""Finds the real programs that some tests run."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from audiobook_daemon.demo.processes import find_program


@pytest.fixture
def program() -> Callable[[str], str]:
    """The path of a program: a machine without it skips the test, but on CI it must be there."""

    def find(name: str) -> str:
        path = find_program(name)
        if path is None:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{name} is not installed, but CI must run every test.")
            pytest.skip(f"{name} is not installed")
        return path

    return find

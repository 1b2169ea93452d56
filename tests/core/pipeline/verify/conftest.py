"""Sound files with faults, and the real ffmpeg."""

from __future__ import annotations

import os

import pytest

from audiobook_daemon.pipeline.verify.decoding import find_ffmpeg


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    """The installed program."""
    program = find_ffmpeg()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("ffmpeg is not installed, but CI must run every test.")
        pytest.skip("ffmpeg is not installed")
    return program

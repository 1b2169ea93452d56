from __future__ import annotations

import pytest

from audiobook_daemon.matching.sizes import parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        *[("1 KiB", 1024), ("512 MiB", 536_870_912), ("1.5 GiB", 1_610_612_736), ("2 TiB", 2_199_023_255_552)],
        *[("1 kB", 1000), ("1.5 GB", 1_500_000_000), ("1,5 GB", 1_500_000_000), ("1,234.5 MB", 1_234_500_000)],
        *[("1.234,5 MB", 1_234_500_000), ("881.8MiB", 924_634_317), ("42", 42), ("42 B", 42), ("42 bytes", 42)],
        *[("", None), ("big", None), ("1.2.3 GB", None), ("-5 MB", None), ("5 XB", None), ("GB", None)],
    ],
)
def test_a_size_is_read_in_bytes(text: str, size: int | None) -> None:
    assert parse_size(text) == size

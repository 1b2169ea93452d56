"""Ports that stay ours while their program is stopped."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from audiobook_daemon.demo import ports


def test_ports_are_different_and_free() -> None:
    found = ports.free_ports(20)
    assert len(set(found)) == 20
    for port in found:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))


def test_the_kernel_lends_them_to_nobody() -> None:
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert all(port < first for port in ports.free_ports(20))


def test_a_port_is_not_named_again_soon() -> None:
    found = [port for _ in range(20) for port in ports.free_ports(15)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("told", ["1024\t65535\n", "", None])
def test_where_all_are_lent_one_of_those_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    place = tmp_path / "range"
    if told is not None:
        place.write_text(told)
    monkeypatch.setattr(ports, "_EPHEMERAL", place)
    assert all(port > 0 for port in ports.free_ports(3))

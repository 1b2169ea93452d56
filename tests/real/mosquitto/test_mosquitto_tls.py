"""An encrypted connection to the real mosquitto, with certificates made at home."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.mqtt import Tls
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.trouble import Kind

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


def certify(run: Callable[..., None], folder: Path) -> None:
    """Make a CA without any key usage; it signs for `broker.example`, 127.0.0.1, a client, and what is over."""
    (folder / "ca.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ca\nprompt=no\n[dn]\nCN=Home\n[ca]\nbasicConstraints=CA:true\n"
    )
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-config", "ca.cnf", "-days", "9")
    names = {"server": "DNS:broker.example", "here": "IP:127.0.0.1", "over": "IP:127.0.0.1", "client": "DNS:daemon"}
    for name, alternative in names.items():
        (folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\n")
        run("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", f"{name}.ext"]
        days = "-1" if name == "over" else "9"
        run("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", *signing, "-days", days)
    for path in folder.glob("*"):
        path.chmod(0o644)
    folder.chmod(0o755)


@pytest.fixture
def served() -> tuple[str, ...]:
    """The name of the broker's certificate, and further lines of its configuration."""
    return ("server",)


@pytest.fixture
def certified(tmp_path: Path) -> None:
    """All certificates, in the folder of the test."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is not installed")
        pytest.skip("openssl is not installed")

    def run(*arguments: str) -> None:
        subprocess.run([openssl, *arguments], check=True, capture_output=True, cwd=tmp_path)

    certify(run, tmp_path)


@pytest.fixture
async def tls_broker(
    make_broker: Callable[..., Broker], tmp_path: Path, served: tuple[str, ...], certified: None
) -> Broker:
    """A mosquitto with a certificate of a CA made at home."""
    broker = make_broker(
        f"certfile {tmp_path / served[0]}.pem",
        f"keyfile {tmp_path / served[0]}.key",
        f"cafile {tmp_path / 'ca.pem'}",
        *served[1:],
        "allow_anonymous true",
        *(["user root"] if os.geteuid() == 0 else []),
    )
    await broker.start()
    return broker


async def test_a_certificate_of_our_own_ca_is_trusted(tls_broker: Broker, tmp_path: Path) -> None:
    tls = Tls(ca_file=str(tmp_path / "ca.pem"), check_host_name=False)
    async with tls_broker.serving(tls=tls) as bridge:
        await until(lambda: bridge.presence.connected)


async def test_another_host_name_is_refused_and_explained(tls_broker: Broker, tmp_path: Path) -> None:
    async with tls_broker.serving(tls=Tls(ca_file=str(tmp_path / "ca.pem"))) as bridge:
        await until(lambda: bridge.presence.trouble is not None)
        assert not bridge.presence.connected
        assert bridge.presence.trouble is not None
        assert bridge.presence.trouble.kind is Kind.TLS


async def test_an_unknown_ca_is_refused(tls_broker: Broker) -> None:
    async with tls_broker.serving(tls=Tls(check_host_name=False)) as bridge:
        await until(lambda: bridge.presence.trouble is not None)
        assert bridge.presence.trouble is not None
        assert bridge.presence.trouble.kind is Kind.TLS


async def words(broker: Broker, tls: Tls) -> str:
    """What is told of a connection that does not come about."""
    async with broker.serving(tls=tls) as bridge:
        await until(lambda: bridge.presence.trouble is not None)
        assert bridge.presence.trouble is not None
        assert bridge.presence.trouble.kind is Kind.TLS
        assert not bridge.presence.connected
        return bridge.presence.trouble.text


@pytest.mark.parametrize("served", [("over",)])
async def test_a_certificate_that_is_over_is_refused_and_said_to_be(tls_broker: Broker, tmp_path: Path) -> None:
    assert "expired" in await words(tls_broker, Tls(ca_file=str(tmp_path / "ca.pem")))


@pytest.mark.parametrize("served", [("here", "require_certificate true")])
async def test_a_broker_that_wants_a_certificate_of_ours_gets_it_or_says_so_at_once(
    tls_broker: Broker, tmp_path: Path
) -> None:
    authority = str(tmp_path / "ca.pem")
    assert "certificate" in await words(tls_broker, Tls(ca_file=authority))
    ours = Tls(authority, str(tmp_path / "client.pem"), str(tmp_path / "client.key"))
    async with tls_broker.serving(tls=ours) as bridge:
        await until(lambda: bridge.presence.connected)


async def test_websockets_are_encrypted_too(
    make_broker: Callable[..., Broker], tmp_path: Path, certified: None
) -> None:
    (port,) = free_ports(1)
    broker = make_broker(
        "allow_anonymous true",
        *(f"listener {port} 127.0.0.1", "protocol websockets"),
        *(f"certfile {tmp_path / 'here.pem'}", f"keyfile {tmp_path / 'here.key'}", "user root"),
    )
    await broker.start()
    tls = Tls(str(tmp_path / "ca.pem"))
    async with broker.serving(tls=tls, transport="websockets", port=port) as bridge:
        await until(lambda: bridge.presence.connected)
        assert bridge.presence.settings.place == f"wss://127.0.0.1:{port}/mqtt"
        bridge.presence.outgoing.put(Message("audiobook-daemon/event/book/found", b"x" * 100_000))
        await bridge.publisher.repeat()
        await until(lambda: bridge.presence.outgoing.first() is None)
        await until(bridge.presence._heard.is_set)
        assert bridge.presence.trouble is None

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

from audiobook_daemon.mqtt import Tls
from audiobook_daemon.mqtt.trouble import Kind

if TYPE_CHECKING:
    from tests.real.mosquitto.conftest import Broker

pytestmark = pytest.mark.real


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


@pytest.fixture
async def tls_broker(make_broker: Callable[..., Broker], tmp_path: Path) -> Broker:
    """A mosquitto with a certificate for `broker.example`, signed by a CA without any key usage."""
    openssl = shutil.which("openssl")
    if openssl is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is not installed")
        pytest.skip("openssl is not installed")

    def run(*arguments: str) -> None:
        subprocess.run([openssl, *arguments], check=True, capture_output=True, cwd=tmp_path)

    (tmp_path / "ca.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ca\nprompt=no\n[dn]\nCN=Home\n[ca]\nbasicConstraints=CA:true\n"
    )
    (tmp_path / "server.ext").write_text("subjectAltName=DNS:broker.example\n")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-config", "ca.cnf", "-days", "9")
    run("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=broker.example")
    signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "server.ext", "-days", "9"]
    run("x509", "-req", "-in", "server.csr", "-out", "server.pem", *signing)
    for name in ("server.key", "server.pem", "ca.pem"):
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    broker = make_broker(
        f"certfile {tmp_path / 'server.pem'}",
        f"keyfile {tmp_path / 'server.key'}",
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

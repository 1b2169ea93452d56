from __future__ import annotations

import asyncio
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from audiobook_daemon import Unavailable
from audiobook_daemon.http import PoliteSession

OPENSSL = shutil.which("openssl") or ""
Serve = Callable[[], AbstractAsyncContextManager[str]]
AUTHORITY = """
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = IP:127.0.0.1
"""
ASK = """
import asyncio, sys
from audiobook_daemon.http import PoliteSession, Transport

async def ask():
    transport = Transport()
    try:
        print((await PoliteSession(transport).request("GET", sys.argv[1])).status)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
    await transport.close()

asyncio.run(ask())
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run([OPENSSL, *words], cwd=folder, check=True, capture_output=True)


def make_certificate(folder: Path, begin: str, end: str) -> None:
    """Write key.pem and certificate.pem, signed by itself for 127.0.0.1."""
    (folder / "authority.cnf").write_text(AUTHORITY)
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01\n")
    request = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1"]
    openssl(folder, *request, "-keyout", "key.pem", "-out", "request.pem")
    sign = ["ca", "-selfsign", "-batch", "-config", "authority.cnf", "-keyfile", "key.pem", "-in", "request.pem"]
    openssl(folder, *sign, "-startdate", begin, "-enddate", end, "-out", "certificate.pem")


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Serve over TLS with the certificate of the test's folder."""
    if not OPENSSL:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("openssl is not installed")

    @asynccontextmanager
    async def serving() -> AsyncIterator[str]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
        app = web.Application()
        app.router.add_get("/", _answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        yield f"https://127.0.0.1:{runner.addresses[0][1]}/"
        await runner.cleanup()

    return serving


async def _answer(_: web.Request) -> web.Response:
    return web.Response(text="Good day.")


async def ask_trusting(certificate: Path, url: str) -> str:
    """Ask in a process of its own, for what is trusted is settled when a process begins."""
    environment = {**os.environ, "SSL_CERT_FILE": str(certificate)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ASK, url, env=environment, stdout=subprocess.PIPE
    )
    told, _ = await process.communicate()
    return told.decode().strip()


async def test_a_certificate_nobody_vouches_for_is_named(serve: Serve, session: PoliteSession, tmp_path: Path) -> None:
    make_certificate(tmp_path, "20200101000000Z", "20990101000000Z")
    async with serve() as url:
        with pytest.raises(Unavailable, match=f"{url} has no valid TLS certificate: self-signed certificate"):
            await session.request("GET", f"{url}?key=hunter2")
        assert await ask_trusting(tmp_path / "certificate.pem", url) == "200"


async def test_an_expired_certificate_is_named(serve: Serve, tmp_path: Path) -> None:
    make_certificate(tmp_path, "20200101000000Z", "20200102000000Z")
    async with serve() as url:
        told = await ask_trusting(tmp_path / "certificate.pem", url)
    assert told == f"Unavailable: {url} has no valid TLS certificate: certificate has expired."


async def test_a_certificate_of_another_name_is_named(serve: Serve, tmp_path: Path) -> None:
    make_certificate(tmp_path, "20200101000000Z", "20990101000000Z")
    async with serve() as url:
        other = url.replace("127.0.0.1", "localhost")
        told = await ask_trusting(tmp_path / "certificate.pem", other)
    assert told.startswith(f"Unavailable: {other} has no valid TLS certificate: Hostname mismatch")


async def test_plain_http_where_tls_is_expected(session: PoliteSession) -> None:
    runner = web.AppRunner(web.Application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    with pytest.raises(Unavailable, match="has no valid TLS certificate"):
        await session.request("GET", f"https://127.0.0.1:{port}/")
    await runner.cleanup()

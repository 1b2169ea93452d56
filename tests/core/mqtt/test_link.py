"""What the link relies on in the libraries below it, and what people read when there is no connection."""

from __future__ import annotations

import asyncio
import inspect
import logging
import socket
import textwrap
from collections.abc import Callable
from pathlib import Path

import aiomqtt
import paho.mqtt.client
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from audiobook_daemon.mqtt.link.client import QuietClient
from audiobook_daemon.mqtt.link.connection import LinkError, MqttLink
from audiobook_daemon.mqtt.messages import Message
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.settings import MqttSettings, Tls
from audiobook_daemon.mqtt.trouble import Kind, trouble


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


def test_the_house_keeping_we_replace_is_still_the_one_we_know() -> None:
    assert textwrap.dedent(inspect.getsource(aiomqtt.Client._misc_loop)) == textwrap.dedent(
        """\
        async def _misc_loop(self) -> None:
            while self._client.loop_misc() == mqtt.MQTT_ERR_SUCCESS:  # noqa: ASYNC110
                await asyncio.sleep(1)
        """
    )


def test_paho_still_tells_when_it_last_sent_and_heard() -> None:
    client = paho.mqtt.client.Client(CallbackAPIVersion.VERSION2)
    assert isinstance(client._last_msg_out, float)
    assert isinstance(client._last_bytes_received, float)


async def test_the_house_keeping_sleeps_until_the_keep_alive_is_due() -> None:
    client = QuietClient("127.0.0.1", keepalive=20)
    client._client._last_bytes_received -= 8
    client._client._keepalive = 20
    assert 2 < client.quiet_time() <= 12
    client._client._last_bytes_received -= 100
    assert client.quiet_time() == 1


@pytest.mark.parametrize(
    ("code", "words", "kind", "said"),
    [
        (
            135,
            "Not authorized",
            Kind.REFUSED,
            "refuses user 'me' (Not authorized). Check mqtt.username",
        ),
        (134, "Bad user name or password", Kind.REFUSED, "mqtt.password"),
        (133, "Client identifier not valid", Kind.REFUSED, "refuses the client id 'here'"),
        (142, "Session taken over", Kind.TAKEN_OVER, "Another program uses the client id 'here'"),
        (None, "[SSL: CERTIFICATE_VERIFY_FAILED]", Kind.TLS, "Check mqtt.tls"),
        (
            None,
            "[Errno 111] Connection refused",
            Kind.AWAY,
            "is away (Connection refused). The daemon works on",
        ),
        (4, "a code of paho, not of the broker", Kind.AWAY, "is away"),
    ],
)
def test_trouble_is_told_in_words_for_a_person(code: int | None, words: str, kind: Kind, said: str) -> None:
    settings = MqttSettings(username="me", password="do-not-tell", client_id="here")
    found = trouble(settings, code, words)
    assert found.kind is kind
    assert said in found.text
    assert "do-not-tell" not in found.text + repr(settings)
    assert found.hopeless is (kind is not Kind.AWAY)


async def test_a_broker_that_is_away_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        presence = Presence(MqttSettings(port=probe.getsockname()[1]), first_pause=0.01, longest_pause=0.02)
        task = asyncio.create_task(presence.run())
        await until(lambda: presence.trouble is not None)
        await asyncio.sleep(0.2)  # several attempts
        task.cancel()
        await asyncio.wait([task])
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert presence.trouble is not None
    assert presence.trouble.kind is Kind.AWAY


async def test_unreadable_certificates_are_named(tmp_path: Path) -> None:
    presence = Presence(MqttSettings(port=1, tls=Tls(ca_file=str(tmp_path / "ca.pem"))))
    task = asyncio.create_task(presence.run())
    await until(lambda: presence.trouble is not None)
    task.cancel()
    await asyncio.wait([task])
    assert presence.trouble is not None
    assert presence.trouble.kind is Kind.TLS
    assert "ca.pem" in presence.trouble.text


@pytest.mark.parametrize("end", ["well", "refused"])
async def test_a_cancellation_is_not_lost_when_a_call_ends_at_that_moment(end: str) -> None:
    """`asyncio.wait_for`, which the library uses, forgets it under Python 3.11."""
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    class Answering(QuietClient):
        async def publish(self, *_: object, **__: object) -> None:
            await asyncio.wait_for(answer, 10)

    link = MqttLink(Answering("127.0.0.1"), modern=True)
    sending = asyncio.create_task(link.send(Message("a", b"")))
    await asyncio.sleep(0)
    if end == "well":
        answer.set_result(None)
    else:
        answer.set_exception(aiomqtt.MqttError("refused"))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_a_refusal_without_a_cancellation_is_told() -> None:
    class Refusing(QuietClient):
        async def publish(self, *_: object, **__: object) -> None:
            raise aiomqtt.MqttError("refused")

    link = MqttLink(Refusing("127.0.0.1"), modern=True)
    with pytest.raises(LinkError, match="refused"):
        await link.send(Message("a", b""))

"""A look at the broker that disturbs nobody: no will, nothing kept, nothing cleared."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from audiobook_daemon.mqtt.link import LinkError, MqttLink
from audiobook_daemon.mqtt.presence import ECHO_TIMEOUT, LAST_WORDS
from audiobook_daemon.mqtt.settings import MqttSettings
from audiobook_daemon.mqtt.topics import ECHO
from audiobook_daemon.mqtt.trouble import Trouble, no_permission, trouble


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of the look."""

    trouble: Trouble | None
    """What is wrong; None if all is well."""
    protocol: str | None
    """The version of MQTT the broker speaks, `5.0` or `3.1.1`; None without a connection."""


async def examine(settings: MqttSettings) -> Examination:
    """Connect, test the permissions with an echo, and leave; a daemon that runs on the same base notices nothing."""
    identifier = f"{settings.node_id}_{secrets.token_hex(4)}"
    try:
        link = await MqttLink.negotiated(settings, identifier, None, modern=None)
    except (LinkError, OSError) as error:
        return Examination(trouble(settings, error.code if isinstance(error, LinkError) else None, str(error)), None)
    protocol = "5.0" if link.modern else "3.1.1"
    try:
        async with asyncio.timeout(ECHO_TIMEOUT):
            await _heard_itself(link, settings.base)
    except TimeoutError:
        return Examination(no_permission(settings), protocol)
    except LinkError as error:
        return Examination(trouble(settings, error.code, str(error)), protocol)
    finally:
        await link.close(LAST_WORDS)
    return Examination(None, protocol)


async def _heard_itself(link: MqttLink, base: str) -> None:
    word = secrets.token_hex(16).encode()
    await link.subscribe(ECHO.below(base), live_only=True)
    await link.send(ECHO.message(base, word))
    async for message in link.incoming():
        if message.payload == word:
            return

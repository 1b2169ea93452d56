"""The daemon's presence on the broker: connect, reconnect, say `online` and `offline`, bring messages out and in."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress

from audiobook_daemon.mqtt.company import Company
from audiobook_daemon.mqtt.link import LinkError, MqttLink
from audiobook_daemon.mqtt.messages import Incoming, Message, Request, Subscription
from audiobook_daemon.mqtt.outgoing import Outgoing
from audiobook_daemon.mqtt.sending import Sender
from audiobook_daemon.mqtt.settings import MqttSettings
from audiobook_daemon.mqtt.topics import AVAILABILITY, ECHO, OFFLINE, ONLINE
from audiobook_daemon.mqtt.trouble import Kind, Trouble, drops, no_permission, trouble, twin

_LOG = logging.getLogger(__name__)

ECHO_TIMEOUT = 5.0
COMPANY_PATIENCE = 1.0
"""Seconds that another daemon below the same base has to answer, before anything is taken for left over."""
LAST_WORDS = 1.0
"""Seconds a stop may spend on what still waits, and again on `offline`, and on the disconnect: three in all."""
INSIST_AFTER = 1.0
"""Seconds after which a false `offline` is answered."""
MOST_DROPS = 3
"""Short connections in a row that are taken for a broker which goes and comes."""
_LASTING = frozenset({Kind.TAKEN_OVER, Kind.NO_PERMISSION, Kind.DROPS, Kind.TWIN})
"""What a new connection alone does not mend, and what is therefore not told again after one."""


async def _nothing() -> None:
    """Stand in until somebody has documents to refresh."""


class Presence:
    """Keeps a connection to the broker as long as `run` runs.

    `outgoing` takes messages at any time. `on_request` is called with each request, `before_online` is awaited at
    each connect before the kept topics are published again, `before_offline` is called before a clean stop.
    Pauses between attempts are seconds and grow from `first_pause` to `longest_pause`; only a connection that has
    stood for twice the longest makes the next one short again, so that no broker is hammered.
    """

    def __init__(self, settings: MqttSettings, *, first_pause: float = 1.0, longest_pause: float = 60.0) -> None:
        self.settings = settings
        self.outgoing = Outgoing()
        self.connected = False
        self.trouble: Trouble | None = None
        """What is wrong now, for people; None if all is well."""
        self.on_request: Callable[[Request], None] = lambda _request: None
        self.before_online: Callable[[], Awaitable[None]] = _nothing
        self.before_offline: Callable[[], None] = lambda: None
        self._identifier = settings.client_id or f"{settings.node_id}_{secrets.token_hex(4)}"
        self._modern: bool | None = None
        self.first_pause, self.longest_pause = first_pause, longest_pause
        self.vanishing = False
        """Whether even `offline` is taken back after it was said: nobody is to look for us below this base again."""
        self.twin: Trouble | None = None
        """Another daemon below the same base, if there seems to be one: then nothing of its is cleared."""
        self._company = Company()
        self._sender = Sender(self.outgoing)
        self._told: Kind | None = None
        self._told_dropped = 0
        self._began: float | None = None
        self._failures = self._drops = 0
        self._heard, self._met = asyncio.Event(), asyncio.Event()
        self._denied = asyncio.Event()
        self._cleared: set[str] = set()
        self.subscriptions = [
            Subscription(f"{settings.base}/request/#", self._hear_request, marked=True),
            Subscription(AVAILABILITY.below(settings.base), self._hear_availability, live_only=True),
        ]
        """Who wants to hear what; to be filled before `run`."""
        self.looked_around: list[Callable[[], None]] = []
        """Called at each connect when the passing subscriptions have brought what the broker keeps."""

    @property
    def protocol(self) -> str:
        """The version of MQTT in use: `5.0` or `3.1.1`."""
        return "3.1.1" if self._modern is False else "5.0"

    def clear(self, path: str) -> None:
        """Remove a request that somebody made the broker keep; our own clearing is not mistaken for a request."""
        topic = f"{self.settings.base}/request/{path}" if path else f"{self.settings.base}/request"
        self._cleared.add(topic)
        self.outgoing.put(Message(topic, b"", retained=True))

    async def run(self) -> None:
        """Stay connected until cancelled; a stop publishes `offline` and takes three seconds at the most."""
        while True:
            self._began = None
            try:
                await self._connection()
            except (LinkError, OSError) as error:
                pause = self._lost(error.code if isinstance(error, LinkError) else None, str(error))
            finally:
                self.connected = False
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311

    def _lost(self, code: int | None, words: str) -> float:
        """Tell of a connection that broke or did not come about, and return the seconds until the next attempt."""
        stood = None if self._began is None else asyncio.get_running_loop().time() - self._began
        if steady := stood is not None and stood >= 2 * self.longest_pause:
            self._failures, self._told = 0, None
        self._drops = 0 if stood is None or steady else self._drops + 1
        found = trouble(self.settings, code, words)
        if found.kind is Kind.AWAY and self._drops > MOST_DROPS:
            found = drops(self.settings, words)
        self._tell(found)
        pause = self.longest_pause if found.hopeless else self.first_pause * 2 ** min(self._failures, 20)
        self._failures += 1
        return min(pause, self.longest_pause)

    async def _connection(self) -> None:
        will = AVAILABILITY.message(self.settings.base, OFFLINE)
        link = await MqttLink.negotiated(self.settings, self._identifier, will, modern=self._modern)
        self._modern, self._began = link.modern, asyncio.get_running_loop().time()
        try:
            await link.unless_broken(self._come_online(link))
            await self._work(link)
        except asyncio.CancelledError:
            await self._last_words(link)
            raise
        finally:
            await link.close(LAST_WORDS)

    async def _come_online(self, link: MqttLink) -> None:
        """Ask for requests, publish every kept topic, and only then say `online`."""
        base = self.settings.base
        self._cleared.clear()
        self._denied.clear()
        for one in self.subscriptions:
            if not one.passing:
                await link.subscribe(one.filter, live_only=one.live_only, marked=one.marked)
        await self.before_online()
        self.outgoing.repeat()
        await self._sender.send_kept(link)
        await link.send(AVAILABILITY.message(base, ONLINE))
        self.connected = True
        if self._told not in _LASTING:
            _LOG.info("Connected to the MQTT broker at %s (MQTT %s).", self.settings.place, self.protocol)
            self._told = None
        if lost := self.outgoing.dropped - self._told_dropped:
            self._told_dropped += lost
            _LOG.warning("%d MQTT messages were given up while the broker was away or slow.", lost)

    async def _work(self, link: MqttLink) -> None:
        tasks = [
            asyncio.create_task(work(link))
            for work in (self._sender.run, self._receive, self._look_around, self._insist)
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _receive(self, link: MqttLink) -> None:
        async for message in link.incoming():
            self._hear(message)

    def _hear(self, message: Incoming) -> None:
        for one in self.subscriptions:
            if one.matches(message.topic):
                one.hear(message)

    def _hear_request(self, message: Incoming) -> None:
        topic, payload = message.topic, message.payload
        if topic == ECHO.below(self.settings.base):
            self._hear_greeting(payload)
        elif not payload and topic in self._cleared:
            self._cleared.discard(topic)
        else:
            path = topic.removeprefix(f"{self.settings.base}/request").removeprefix("/")
            self.on_request(
                Request(path, payload, message.retained, message.response_topic, message.correlation, message.key)
            )

    def _hear_greeting(self, said: bytes) -> None:
        if said == self._company.greeting:
            self._heard.set()
        elif self._company.is_other(said):
            self.twin = twin(self.settings)
            self._met.set()
            self._tell(self.twin)
            if answer := self._company.answer_to(said):
                self.outgoing.put(ECHO.message(self.settings.base, answer))

    def _hear_availability(self, message: Incoming) -> None:
        if message.payload == OFFLINE and self.connected:
            self._denied.set()

    async def _insist(self, link: MqttLink) -> None:
        """Say `online` again after somebody said `offline` for us.

        The last will of a daemon that was killed comes when its successor is there already. Another daemon below the
        same base may have gone; whether one is left shows in its answer.
        """
        while True:
            await self._denied.wait()
            await asyncio.sleep(INSIST_AFTER)
            self._denied.clear()
            await link.send(AVAILABILITY.message(self.settings.base, ONLINE))
            if self.twin is not None:
                self.trouble = self.twin = None
                await link.send(ECHO.message(self.settings.base, self._company.greet()))

    async def _look_around(self, link: MqttLink) -> None:
        """Test our permissions with an echo, behind what the broker keeps of the passing subscriptions.

        Brokers forbid without a word: what is not allowed is accepted and never delivered. Whether what was found is
        another daemon's shows in its answer, which is waited for.
        """
        passing = [one.filter for one in self.subscriptions if one.passing]
        for topic in passing:
            await link.subscribe(topic)
        self._heard.clear()
        self._met.clear()
        await link.send(ECHO.message(self.settings.base, self._company.greet()))
        try:
            async with asyncio.timeout(ECHO_TIMEOUT):
                await self._heard.wait()
        except TimeoutError:
            self._tell(no_permission(self.settings))
        else:
            self.trouble = self.twin
            self._told = None if self._told is Kind.NO_PERMISSION else self._told
            await self._meet()
        if passing:
            await link.unsubscribe(passing)
        for done in self.looked_around:
            done()

    async def _meet(self) -> None:
        """Wait for another daemon below the same base to answer; if none does, there is none."""
        with suppress(TimeoutError):
            async with asyncio.timeout(COMPANY_PATIENCE):
                await self._met.wait()
        if self.twin is not None and not self._met.is_set():
            self.trouble = self.twin = None

    async def _last_words(self, link: MqttLink) -> None:
        """Send what still waits, then `offline`: the broker forgets the will at a clean disconnect."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LAST_WORDS
        try:
            self.before_offline()
            with suppress(LinkError):
                while (message := self.outgoing.first()) and (patience := end - loop.time()) > 0:
                    await link.publish(message, patience)
                    self.outgoing.done(message)
        finally:
            with suppress(LinkError):
                await link.publish(AVAILABILITY.message(self.settings.base, OFFLINE), LAST_WORDS)
                if self.vanishing:
                    await link.publish(AVAILABILITY.message(self.settings.base, b""), LAST_WORDS)

    def _tell(self, found: Trouble) -> None:
        self.trouble = found
        if self._told is not found.kind:
            self._told = found.kind
            _LOG.warning("%s", found.text)

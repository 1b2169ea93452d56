"""The host of all instances: questions to everybody who plays a role, commands to one."""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from audiobook_daemon.errors import AuthFailed, DatabaseError, PluginError, Refused, Unavailable
from audiobook_daemon.events import Bus, InstanceChanged, InstanceHinted
from audiobook_daemon.host.discovery import PluginTypes
from audiobook_daemon.host.instance import START, Bug, Instance, InstanceSpec, Unmade, describe
from audiobook_daemon.host.registration import new_registry
from audiobook_daemon.http import PoliteSession, Transport
from audiobook_daemon.models import InstanceStatus
from audiobook_daemon.plugin import Answers, Context, Given, Memory, Plugin, PluginConfig, Silent, manner_of

P = ParamSpec("P")
T = TypeVar("T")
Hook = Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]

START_TIMEOUT = 60.0
STOP_TIMEOUT = 5.0
_log = logging.getLogger(__name__)


class Host:
    """Holds the instances; each call is guarded, timed and awaited per instance, and none can harm another."""

    def __init__(
        self,
        types: PluginTypes,
        transport: Transport,
        memory: Callable[[str], Memory],
        bus: Bus,
        now: Callable[[], datetime],
        allowed: Callable[[], None] = lambda: None,
        zone: Callable[[], tzinfo] = lambda: UTC,
    ) -> None:
        self._types = types
        self._transport = transport
        self._memory = memory
        self._bus = bus
        self._now = now
        self._zone = zone
        self._allowed = allowed
        """Raises DatabaseError while nobody may be asked or told anything."""
        self._registry = new_registry()
        self._instances: dict[str, Instance] = {}
        self._starting: dict[str, asyncio.Lock] = {}
        self._applying = asyncio.Lock()
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def instances(self) -> Mapping[str, Instance]:
        """All instances by name, in the order of the configuration."""
        return self._instances

    def statuses(self) -> tuple[InstanceStatus, ...]:
        """How every instance is doing."""
        return tuple(instance.status() for instance in self._instances.values())

    def playing(self, role: type) -> tuple[str, ...]:
        """The names of the instances that play a role."""
        return tuple(name for name, instance in self._instances.items() if isinstance(instance.plugin, role))

    def make(self, spec: InstanceSpec) -> Instance:
        """Make an instance without starting or registering it; one that cannot be made waits for a person."""
        session = PoliteSession(self._transport, spec.name)
        context = Context(
            name=spec.name,
            http=session,
            memory=self._memory(spec.name),
            log=logging.getLogger(f"audiobook_plugins.{spec.name}"),
            now=self._now,
            ask=cast(Any, _Asking(self, spec.name)),
            zone=self._zone,
            hint=lambda text: self._bus.publish(InstanceHinted(self._now(), spec.name, text)),
        )
        plugin: Plugin[PluginConfig]
        try:
            plugin = self._types.get(spec.type)(spec.settings, context)
        except Exception as error:  # noqa: BLE001 - foreign code may raise anything while it is made
            _log.exception("%s cannot be made.", spec.name)
            plugin = Unmade(spec.settings, context, f"{spec.name} cannot be made ({type(error).__name__}: {error}).")
        return Instance(spec, plugin, since=self._now(), latency=lambda: session.latency)

    async def apply(self, specs: Sequence[InstanceSpec]) -> None:
        """Make the instances what the configuration says; what did not change is left alone.

        A changed instance is asked no more, finishes what it is doing and stops before its successor begins, so that
        what only one may own (a tracker's session) never has two owners. New instances start in the background:
        nobody waits for a site that hangs.
        """
        async with self._applying:
            keep = {spec.name: spec for spec in specs}
            old = [item for name, item in self._instances.items() if keep.get(name) != item.spec]
            new = {name: self.make(spec) for name, spec in keep.items() if self._kept(name, spec) is None}
            for instance in old:
                self._registry.unregister(name=instance.name)
            await asyncio.gather(*(self._stop(instance, gone=instance.name not in keep) for instance in old))
            self._instances = {name: new.get(name) or self._instances[name] for name in keep}
            for instance in new.values():
                self._registry.register(instance.plugin, name=instance.name)
                self._begin(self._start(instance))
            self._wake.set()

    async def started(self) -> None:
        """Wait until every instance has either started or failed to."""
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Stop every instance; one that hangs is left behind."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for name in self._instances:
            self._registry.unregister(name=name)
        await asyncio.gather(*(self._stop(instance, gone=True) for instance in self._instances.values()))
        self._instances = {}

    async def ask(self, hook: Hook[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Answers[T]:
        """Ask every instance that plays the role; those that cannot answer are named in `silent`."""
        return await self.ask_among(None, hook, *args, **kwargs)

    async def ask_among(
        self, names: Collection[str] | None, hook: Hook[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Answers[T]:
        """Ask only the named instances (None for all); names that do not play the role are left out."""
        if not manner_of(hook).broadcast:
            raise TypeError(f"{hook.__qualname__} is a command: name the instance and use ask_one")
        arguments = _arguments(hook, args, kwargs)
        asked = [name for name in self._answering(hook) if names is None or name in names]
        results = await asyncio.gather(*(self._guarded(name, hook, arguments) for name in asked))
        given = tuple(item for item in results if isinstance(item, Given))
        silent = tuple(item for item in results if isinstance(item, Silent))
        return Answers(given, silent)

    async def ask_one(self, instance: str, hook: Hook[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Tell or ask one instance; raises Unavailable, AuthFailed or Refused."""
        if instance not in self._answering(hook):
            raise Unavailable(
                f"There is no {_spoken(hook)} called {instance!r} in the configuration; "
                "it was removed, renamed or switched off."
            )
        return await self._call(self._instances[instance], hook, _arguments(hook, args, kwargs))

    def answers(self, instance: str, hook: Callable[..., object]) -> bool:
        """Whether an instance answers a hook; one that is not abstract may be left out."""
        return instance in self._answering(hook)

    async def retry(self, name: str) -> InstanceStatus:
        """Forget the faults of an instance and start it if needed; for a person who has mended something."""
        instance = self._instances[name]
        if instance.faults:
            instance.started = False  # what it noted about refused credentials or a ban is forgotten by a new start
        instance.faults.clear()
        if instance.started:
            self._tell(instance)
        else:
            await self._start(instance)
        return instance.status()

    async def heartbeat(self) -> None:
        """Start instances again that could not start, when their rest is over; runs until cancelled."""
        while True:
            waiting = [item for item in self._instances.values() if not item.started and START in item.faults]
            due = [fault.until for item in waiting if not (fault := item.faults[START]).needs_person]
            delay = max(0.0, (min(due) - self._now()).total_seconds()) if due else None
            self._wake.clear()
            try:
                async with asyncio.timeout(delay):
                    await self._wake.wait()
            except TimeoutError:
                ready = [item for item in waiting if not item.resting(START, self._now())]
                await asyncio.gather(*(self._start(item) for item in ready))

    def _answering(self, hook: Callable[..., object]) -> list[str]:
        caller = getattr(self._registry.hook, hook.__name__)
        names = {implementation.plugin_name for implementation in caller.get_hookimpls()}
        return [name for name in self._instances if name in names]

    async def _guarded(self, name: str, hook: Hook[..., T], arguments: dict[str, object]) -> Given[T] | Silent:
        try:
            return Given(name, await self._call(self._instances[name], hook, arguments))
        except PluginError as error:
            return Silent(name, describe(error), isinstance(error, AuthFailed))

    async def _call(self, instance: Instance, hook: Hook[..., T], arguments: dict[str, object]) -> T:
        name = hook.__name__
        self._allowed()
        if not instance.started:
            await self._start(instance)
        fault = instance.resting(START if not instance.started else name, self._now())
        if fault is None and not instance.started:
            raise Unavailable(f"{instance.name} has not started yet.")
        if fault and fault.needs_person:
            raise AuthFailed(fault.reason)
        if fault:
            raise Unavailable(fault.reason, (fault.until - self._now()).total_seconds())
        try:
            answer: T = await instance.call(
                name, lambda: getattr(instance.plugin, name)(**arguments), manner_of(hook).timeout
            )
        except Refused:
            self._recovered(instance, name)
            raise
        except PluginError as error:
            self._failed(instance, name, error)
            raise
        self._recovered(instance, name)
        return answer

    async def _start(self, instance: Instance) -> None:
        lock = self._starting.setdefault(instance.name, asyncio.Lock())
        async with lock:
            if instance.started or instance.stopped or instance.resting(START, self._now()):
                return
            try:
                self._allowed()
                await instance.call(START, instance.plugin.start, START_TIMEOUT)
            except DatabaseError as error:
                self._failed(instance, START, Unavailable(str(error)))
            except PluginError as error:
                self._failed(instance, START, error)
            else:
                instance.started = True
                self._recovered(instance, START)
                if self._instances.get(instance.name) is instance:
                    self._tell(instance)

    async def _stop(self, instance: Instance, *, gone: bool) -> None:
        instance.stopped = True
        try:
            await instance.quiet(STOP_TIMEOUT)
            async with asyncio.timeout(STOP_TIMEOUT):
                await instance.plugin.stop()
        except TimeoutError:
            _log.warning("%s did not stop in %g seconds and is left behind.", instance.name, STOP_TIMEOUT)
        except Exception:  # noqa: BLE001 - a plugin's bug must not keep the daemon from stopping
            _log.exception("%s failed while it stopped.", instance.name)
        if gone:
            self._tell(instance)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _failed(self, instance: Instance, hook: str, error: PluginError) -> None:
        if instance.stopped or not instance.fail(hook, error, self._now()):
            return
        fault = instance.faults[hook]
        then = "waits for you" if fault.needs_person else f"is asked again at {fault.until:%Y-%m-%d %H:%M:%S} UTC"
        cause = error.__cause__ if isinstance(error, Bug) else None
        _log.warning("%s: %s It %s.", instance.name, fault.reason, then, exc_info=cause)
        self._tell(instance)
        self._wake.set()

    def _recovered(self, instance: Instance, hook: str) -> None:
        if instance.recover(hook):
            _log.info("%s answers again.", instance.name)
            self._tell(instance)

    def _tell(self, instance: Instance) -> None:
        self._bus.publish(InstanceChanged(at=self._now(), status=instance.status()))

    def _kept(self, name: str, spec: InstanceSpec) -> Instance | None:
        instance = self._instances.get(name)
        return instance if instance and instance.spec == spec else None


class _Asking:
    """The right of one instance to ask the others."""

    def __init__(self, host: Host, name: str) -> None:
        self._host = host
        self._name = name

    async def __call__(self, hook: Hook[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Answers[T]:
        others = [name for name in self._host.instances if name != self._name]
        return await self._host.ask_among(others, hook, *args, **kwargs)


def _spoken(hook: Callable[..., object]) -> str:
    """Name the role of a hook as people do: download client."""
    role = hook.__qualname__.partition(".")[0]
    return re.sub(r"(?<!^)(?=[A-Z])", " ", role).lower()


def _arguments(hook: Callable[..., object], args: Sequence[object], kwargs: Mapping[str, object]) -> dict[str, object]:
    bound = inspect.signature(hook).bind(None, *args, **kwargs)
    arguments = dict(bound.arguments)
    arguments.pop("self", None)
    return arguments

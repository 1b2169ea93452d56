"""The base class of every plugin."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

from pydantic import ConfigDict

from audiobook_daemon.models import Finding
from audiobook_daemon.plugin.context import Context
from audiobook_daemon.plugin.documented import Documented


class PluginConfig(Documented):
    """The base of a plugin's section in the YAML file: unknown keys are mistakes, values do not change.

    What stands in a docstring below a field is the help that editors and the page of the settings show.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


C = TypeVar("C", bound=PluginConfig)
F = TypeVar("F", bound=Callable[..., Coroutine[Any, Any, Any]])
_ACTION = "__audiobook_daemon_action__"


class Plugin(Generic[C]):
    """One instance of a plugin; inherit `Plugin[YourConfig]` and the roles it plays."""

    config_type: ClassVar[type[PluginConfig]] = PluginConfig
    """Filled from `Plugin[YourConfig]`."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Remember which model the configuration section has."""
        super().__init_subclass__(**kwargs)
        for base in getattr(cls, "__orig_bases__", ()):
            if get_origin(base) is Plugin and isinstance(model := get_args(base)[0], type):
                cls.config_type = model

    def __init__(self, config: C, context: Context) -> None:
        self.config = config
        self.context = context
        self.service_version: str | None = None
        """The version of the service behind it, once known; shown to people."""

    async def start(self) -> None:
        """Get ready; may raise Unavailable or AuthFailed, then the host tries again later."""

    async def stop(self) -> None:
        """Let go of everything."""

    async def check(self) -> Sequence[Finding]:
        """Really talk to the service and say what is wrong and how to mend it; the doctor calls this."""
        return ()


def action(function: F) -> F:
    """Let a method be run by name as `<instance>.<method>` from YAML jobs, CLI, HTTP and MQTT.

    Its keyword parameters, annotated, are its arguments; it returns an Outcome; its docstring is its description.
    """
    setattr(function, _ACTION, True)
    return function


def action_methods(plugin: type) -> Iterator[tuple[str, Callable[..., Coroutine[Any, Any, Any]]]]:
    """Yield name and function of everything a plugin class marks with `@action`."""
    for name in dir(plugin):
        function = getattr(plugin, name)
        if getattr(function, _ACTION, False):
            yield name, function


def declared_actions(plugin: object) -> Iterator[tuple[str, Callable[..., Coroutine[Any, Any, Any]]]]:
    """Yield name and bound method of everything an instance offers with `@action`."""
    for name, _ in action_methods(type(plugin)):
        yield name, getattr(plugin, name)

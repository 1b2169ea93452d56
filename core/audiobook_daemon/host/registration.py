"""Refuses a plugin class whose hooks could not work, with a sentence for its author."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pluggy
from pydantic.errors import PydanticUserError

from audiobook_daemon.actions import parameters_of
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.plugin import PROJECT, ROLES, Plugin, PluginConfig, action_methods, is_hook, roles_of

_IMPLEMENTATION = f"{PROJECT}_impl"
_SPECIFICATION = f"{PROJECT}_spec"


class PluginRefused(AudiobookDaemonError):
    """A plugin class breaks the contract; the text says where and how to mend it."""


class _Registry(pluggy.PluginManager):
    """Finds the marks where `hookimpl` and `hookspec` have put them.

    pluggy looks through every member of an object as if it could be anything; ours are methods of a class, and
    `inspect_type` has looked at them already.
    """

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        """Leave out what no role asks for; `inspect_type` has refused a mark there."""
        if not hasattr(self.hook, name):
            return None
        found: pluggy.HookimplOpts | None = getattr(getattr(type(plugin), name, None), _IMPLEMENTATION, None)
        return found

    def parse_hookspec_opts(self, role: object, name: str) -> pluggy.HookspecOpts | None:
        """Return what a role says about one of its methods."""
        found: pluggy.HookspecOpts | None = getattr(getattr(role, name), _SPECIFICATION, None)
        return found


def new_registry() -> pluggy.PluginManager:
    """Return a registry that knows the hook specifications of every role."""
    registry = _Registry(PROJECT)
    for role in ROLES:
        registry.add_hookspecs(role)
    return registry


def inspect_type(plugin: object) -> type[Plugin[PluginConfig]]:
    """Check a plugin class against its roles and return it; raises PluginRefused.

    Refused are: no Plugin at all, no role, half a role, a role's method without `@hookimpl`, a marked method that no
    role knows, a method that is not asynchronous, other arguments than the specification has, an action whose
    arguments cannot be read.
    """
    if not isinstance(plugin, type):
        raise PluginRefused(f"{plugin!r} is no class: a plugin inherits audiobook_daemon.Plugin[YourConfig].")
    place = f"{plugin.__module__}.{plugin.__qualname__}"
    if not issubclass(plugin, Plugin):
        raise PluginRefused(f"{place} is no plugin: inherit audiobook_daemon.Plugin[YourConfig].")
    roles = roles_of(plugin)
    if not roles:
        raise PluginRefused(f"{place} plays no role: inherit one of {', '.join(role.__name__ for role in ROLES)}.")
    missing = sorted(getattr(plugin, "__abstractmethods__", ()))
    if missing:
        raise PluginRefused(f"{place} plays half a role: {', '.join(missing)} is not written yet.")
    needed = {name for role in roles for name in getattr(role, "__abstractmethods__", ())}
    optional = {name for role in roles for name, method in vars(role).items() if is_hook(method)} - needed
    answered = {name for name in optional if not any(vars(role).get(name) is getattr(plugin, name) for role in roles)}
    hooks = needed | answered
    for name in sorted(hooks):
        if not hasattr(getattr(plugin, name), _IMPLEMENTATION):
            raise PluginRefused(f"{place}.{name} answers a hook: mark it with @hookimpl.")
    for name, method in inspect.getmembers(plugin, callable):
        if not hasattr(method, _IMPLEMENTATION):
            continue
        if name not in hooks:
            raise PluginRefused(f"{place}.{name} is marked with @hookimpl, but none of its roles asks for {name!r}.")
        if not inspect.iscoroutinefunction(method):
            raise PluginRefused(f"{place}.{name} must be asynchronous: write `async def {name}`.")
        _compare_arguments(place, name, method, roles)
    for name, method in action_methods(plugin):
        _check_action(place, name, method)
    return plugin


def _compare_arguments(place: str, name: str, method: Callable[..., object], roles: tuple[type, ...]) -> None:
    specification = next(getattr(role, name) for role in roles if hasattr(role, name))
    asked, answered = (
        [
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if name != "self" and parameter.kind is not inspect.Parameter.POSITIONAL_ONLY
        ]
        for function in (specification, method)
    )
    if sorted(asked) != sorted(answered):
        gives, takes = (", ".join(parameters) or "nothing" for parameters in (asked, answered))
        raise PluginRefused(f"{place}.{name} takes {takes}; the hook gives {gives}.")


def _check_action(place: str, name: str, method: Callable[..., object]) -> None:
    if not inspect.iscoroutinefunction(method):
        raise PluginRefused(f"{place}.{name} must be asynchronous: write `async def {name}`.")
    try:
        parameters_of(name, method)
    except (TypeError, NameError, PydanticUserError) as error:
        raise PluginRefused(f"{place}.{name} cannot be an action: {error}.") from error

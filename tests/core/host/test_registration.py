from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Sequence

import pytest

from audiobook_daemon import (
    Book,
    ImportList,
    Indexer,
    Outcome,
    Plugin,
    PluginConfig,
    Query,
    Release,
    Torrent,
    Wish,
    action,
    hookimpl,
)
from audiobook_daemon.host import PluginRefused, inspect_type
from audiobook_daemon.host.registration import new_registry
from audiobook_daemon.plugin import ROLES, is_hook


class Lists(Plugin[PluginConfig], ImportList):
    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        return []


class Sound(Lists, Indexer):
    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        return []

    @hookimpl
    async def fetch(self, release: Release) -> Torrent:
        raise NotImplementedError

    @property
    def broken(self) -> str:
        raise RuntimeError("nobody asks for properties")

    @action
    async def renew(self, *, force: bool = False) -> Outcome:
        """Renew."""
        return Outcome(str(force))


class NoRole(Plugin[PluginConfig]):
    pass


class HalfARole(Lists, Indexer):
    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        return []


class Unmarked(Plugin[PluginConfig], ImportList):
    async def wishes(self) -> Sequence[Wish]:
        return []


class UnknownHook(Lists):
    @hookimpl
    async def dreams(self) -> Sequence[Wish]:
        return []


class HookOfAnotherRole(Lists):
    @hookimpl
    async def search(self, query: Query) -> Sequence[Release]:
        return []


class Synchronous(Plugin[PluginConfig], ImportList):
    @hookimpl
    def wishes(self) -> Sequence[Wish]:  # type: ignore[override]
        return []


class Generator(Plugin[PluginConfig], ImportList):
    @hookimpl
    async def wishes(self) -> AsyncIterator[Wish]:  # type: ignore[override]
        yield Wish(Book("Emma"))


class MissingArgument(Sound):
    @hookimpl
    async def search(self) -> Sequence[Release]:  # type: ignore[override]
        return []


class OtherArgument(Sound):
    @hookimpl
    async def search(self, question: Query) -> Sequence[Release]:
        return []


class OneMoreArgument(Sound):
    @hookimpl
    async def search(self, query: Query, limit: int = 5) -> Sequence[Release]:
        return []


class ByPlaceOnly(Sound):
    @hookimpl
    async def search(self, query: Query, /) -> Sequence[Release]:
        return []


class SynchronousAction(Lists):
    @action  # type: ignore[type-var]
    def renew(self) -> Outcome:
        return Outcome("")


class UnreadableAction(Lists):
    @action
    async def renew(self, force) -> Outcome:  # type: ignore[no-untyped-def] # noqa: ANN001
        return Outcome(str(force))


class UnknownAnnotation(Lists):
    @action
    async def renew(self, force: "Nowhere") -> Outcome:  # type: ignore[name-defined] # noqa: F821, UP037
        return Outcome(str(force))


@pytest.mark.parametrize("plugin", [Lists, Sound])
def test_a_sound_plugin_is_accepted(plugin: type) -> None:
    assert inspect_type(plugin) is plugin


@pytest.mark.parametrize(
    ("plugin", "sentence"),
    [
        (int, r"int is no plugin: inherit audiobook_daemon\.Plugin\[YourConfig\]"),
        (functools.partial(int), "is no class: a plugin inherits"),
        (None, "None is no class"),
        (NoRole, "NoRole plays no role: inherit one of ImportList, "),
        (HalfARole, "HalfARole plays half a role: fetch is not written yet"),
        (Unmarked, "Unmarked.wishes answers a hook: mark it with @hookimpl"),
        (UnknownHook, "UnknownHook.dreams is marked with @hookimpl, but none of its roles asks for 'dreams'"),
        (HookOfAnotherRole, "none of its roles asks for 'search'"),
        (Synchronous, "Synchronous.wishes must be asynchronous: write `async def wishes`"),
        (Generator, "Generator.wishes must be asynchronous"),
        (MissingArgument, "MissingArgument.search takes nothing; the hook gives query"),
        (OtherArgument, "OtherArgument.search takes question; the hook gives query"),
        (OneMoreArgument, "OneMoreArgument.search takes query, limit; the hook gives query"),
        (ByPlaceOnly, "ByPlaceOnly.search takes nothing; the hook gives query"),
        (SynchronousAction, "SynchronousAction.renew must be asynchronous"),
        (UnreadableAction, "UnreadableAction.renew cannot be an action: .*'force' has no annotation"),
        (UnknownAnnotation, "UnknownAnnotation.renew cannot be an action: .*Nowhere"),
    ],
)
def test_an_unsound_plugin_is_refused_with_a_sentence(plugin: object, sentence: str) -> None:
    with pytest.raises(PluginRefused, match=sentence) as caught:
        inspect_type(plugin)
    assert str(caught.value).endswith(".")


class Keeper(Lists):
    """Has names of its own that are hooks of other roles."""

    fetch = None

    def __init__(self) -> None:
        self.search = "a text"

    @property
    def standing(self) -> object:
        raise RuntimeError("nobody asks for properties")


def test_only_what_is_marked_answers_a_hook() -> None:
    registry = new_registry()
    registry.register(keeper := Keeper(), name="keeper")
    registry.register(sound := Sound(PluginConfig(), None), name="sound")  # type: ignore[arg-type]
    hook = registry.hook
    answering = {
        name: [one.plugin for one in getattr(hook, name).get_hookimpls()] for name in ("wishes", "search", "fetch")
    }
    assert answering == {"wishes": [keeper, sound], "search": [sound], "fetch": [sound]}
    assert not hook.standing.get_hookimpls()


def test_every_method_that_a_role_marks_is_a_hook() -> None:
    registry = new_registry()
    assert {name for role in ROLES for name, method in vars(role).items() if is_hook(method)} == {
        name for name in vars(registry.hook) if not name.startswith("_")
    }

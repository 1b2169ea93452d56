from __future__ import annotations

import pytest
from pydantic import ValidationError

from audiobook_daemon import ImportList, Outcome, Plugin, PluginConfig, Wish, action, hookimpl
from audiobook_daemon.plugin import action_methods, declared_actions, manner_of, roles_of
from audiobook_daemon.plugin.roles import ROLES, Indexer, Library


class Config(PluginConfig):
    count: int = 10


class Lists(Plugin[Config], ImportList):
    @hookimpl
    async def wishes(self) -> list[Wish]:
        return []

    @action
    async def renew(self, force: bool = False) -> Outcome:
        """Renew it."""
        return Outcome(f"renewed {force}")


class MoreLists(Lists):
    """A plugin may inherit from another."""


def test_the_configuration_model_is_the_one_in_the_brackets() -> None:
    assert Lists.config_type is Config
    assert MoreLists.config_type is Config


def test_without_brackets_there_are_no_settings() -> None:
    class Bare(Plugin):  # type: ignore[type-arg]
        pass

    assert Bare.config_type is PluginConfig
    with pytest.raises(ValidationError):
        Bare.config_type.model_validate({"anything": 1})


def test_settings_are_strict_and_do_not_change() -> None:
    config = Config(count=3)
    with pytest.raises(ValidationError):
        config.count = 4  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Config.model_validate({"cuont": 3})


def test_actions_are_found_on_class_and_object() -> None:
    assert [name for name, _ in action_methods(Lists)] == ["renew"]
    plugin = MoreLists.__new__(MoreLists)
    ((name, method),) = declared_actions(plugin)
    assert (name, method) == ("renew", plugin.renew)


def test_roles_are_those_it_inherits() -> None:
    assert roles_of(MoreLists) == (ImportList,)
    assert roles_of(int) == ()


MAY_BE_LEFT_OUT: dict[type, set[str]] = {Library: {"cover", "dismiss"}}
"""Hooks that came to a role when there were plugins of it already."""


@pytest.mark.parametrize("role", ROLES, ids=lambda role: str(role.__name__))
def test_every_method_of_a_role_is_a_hook_with_a_time_limit(role: type) -> None:
    hooks = [name for name, value in vars(role).items() if callable(value) and not name.startswith("_")]
    assert hooks
    assert set(hooks) - set(getattr(role, "__abstractmethods__", ())) == MAY_BE_LEFT_OUT.get(role, set())
    for name in hooks:
        assert 0 < manner_of(getattr(role, name)).timeout <= 900
        assert getattr(role, name).__doc__


def test_questions_are_broadcast_and_commands_are_not() -> None:
    assert manner_of(Indexer.search).broadcast
    assert not manner_of(Indexer.fetch).broadcast
    assert manner_of(Library.find).broadcast
    assert not manner_of(Library.admit).broadcast


def test_no_hook_has_no_manner() -> None:
    with pytest.raises(TypeError, match="is not a hook"):
        manner_of(Lists.renew)

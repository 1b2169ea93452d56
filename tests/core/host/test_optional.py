"""A hook that a role does not demand may be left out; whoever answers it has to mark it like any other."""

from __future__ import annotations

import pytest
from tests.core.pipeline.conftest import ScriptedLibrary

from audiobook_daemon.host.registration import PluginRefused, inspect_type
from audiobook_daemon.plugin import Library, hookimpl


class Without(ScriptedLibrary):
    pass


class With(ScriptedLibrary):
    @hookimpl
    async def dismiss(self, folder: str) -> None:
        del folder


class Unmarked(ScriptedLibrary):
    async def dismiss(self, folder: str) -> None:
        del folder


class OtherArguments(ScriptedLibrary):
    @hookimpl
    async def dismiss(self, folder: str, why: str) -> None:  # type: ignore[override]
        del folder, why


@pytest.mark.parametrize("plugin", [Without, With])
def test_a_library_may_leave_it_out(plugin: type[Library]) -> None:
    inspected: object = inspect_type(plugin)
    assert inspected is plugin


@pytest.mark.parametrize(
    ("plugin", "complaint"), [(Unmarked, "mark it with @hookimpl"), (OtherArguments, "the hook gives folder")]
)
def test_half_an_answer_is_refused(plugin: type[Library], complaint: str) -> None:
    with pytest.raises(PluginRefused, match=complaint):
        inspect_type(plugin)

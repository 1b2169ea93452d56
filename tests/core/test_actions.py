from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from audiobook_daemon import Outcome
from audiobook_daemon.actions import (
    Actions,
    BadArguments,
    CallingOff,
    UnknownAction,
    may_be_called_off,
    parameters_of,
    report_progress,
    reporting,
    unbroken,
)


async def choose(limit: int = 20, *, only: Sequence[str] = (), dry_run: bool = False) -> Outcome:
    """Choose releases."""
    return Outcome(f"{limit} {list(only)} {dry_run}")


async def accept(want: int) -> Outcome:
    """Accept a release."""
    return Outcome(f"want {want}")


@pytest.fixture
def actions() -> Actions:
    table = Actions()
    table.add("choose", choose)
    table.add("accept", accept)
    return table


async def test_arguments_of_every_door_become_what_the_function_wants(actions: Actions) -> None:
    typed = await actions.get("choose").run({"limit": 5, "only": ["mam"], "dry_run": True})
    text = await actions.get("choose").run({"limit": "5", "only": ["mam"], "dry_run": "true"})
    assert typed.summary == text.summary == "5 ['mam'] True"


async def test_what_is_left_out_has_its_default(actions: Actions) -> None:
    assert (await actions.get("choose").run({})).summary == "20 [] False"


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("choose", {"limt": 5}, ["choose", "unknown argument limt", "did you mean limit?"]),
        ("accept", {"want": 1, "zzz": 2}, ["unknown argument zzz", "(it takes want)"]),
        ("accept", {}, ["accept", "argument want is missing"]),
        ("choose", {"limit": "many", "dry_run": "perhaps"}, ["limit: ", "dry_run: ", ";"]),
    ],
)
async def test_wrong_arguments_are_all_named_before_anything_is_done(
    actions: Actions, name: str, arguments: dict[str, object], words: list[str]
) -> None:
    with pytest.raises(BadArguments) as caught:
        await actions.get(name).run(arguments)
    for word in words:
        assert word in str(caught.value)


def test_an_unknown_name_is_answered_with_a_near_one(actions: Actions) -> None:
    with pytest.raises(UnknownAction, match=r"There is no action called 'chose'\. Did you mean choose\?"):
        actions.get("chose")
    with pytest.raises(UnknownAction, match="There are: accept, choose"):
        actions.get("zzz")


def test_names_are_unique_and_in_order(actions: Actions) -> None:
    with pytest.raises(ValueError, match="choose"):
        actions.add("choose", choose)
    actions.add("mam.account", accept)
    assert [action.name for action in actions] == ["choose", "accept", "mam.account"]
    for action in actions:  # the table may change meanwhile
        actions.remove(action.name)
    assert "choose" not in actions


def test_the_docstring_is_the_description(actions: Actions) -> None:
    assert actions.get("accept").description == "Accept a release."


def test_the_parameters_are_a_schema(actions: Actions) -> None:
    schema = actions.get("choose").parameters.model_json_schema()
    assert set(schema["properties"]) == {"limit", "only", "dry_run"}
    assert schema["additionalProperties"] is False


def test_a_method_has_no_self_among_its_arguments() -> None:
    class Holder:
        async def method(self, title: str) -> Outcome:
            return Outcome(title)

    assert set(parameters_of("x.method", Holder.method).model_fields) == {"title"}


async def unannotated(title) -> Outcome:  # type: ignore[no-untyped-def] # noqa: ANN001
    return Outcome(title)


async def anything(**more: str) -> Outcome:
    return Outcome(str(more))


async def by_place(title: str, /) -> Outcome:
    return Outcome(title)


@pytest.mark.parametrize("function", [unannotated, anything, by_place])
def test_arguments_nobody_could_give_are_a_type_error(function: object) -> None:
    with pytest.raises(TypeError, match="'x': parameter"):
        parameters_of("x", function)  # type: ignore[arg-type]


async def test_each_run_reports_to_its_own_listener() -> None:
    async def work(name: str) -> list[str]:
        heard: list[str] = []
        with reporting(lambda done, total, text: heard.append(f"{done}/{total} {text}")):
            report_progress(1, 2, name)
            await asyncio.sleep(0)
            report_progress(2, None, name)
        return heard

    one, two = await asyncio.gather(work("a"), work("b"))
    assert one == ["1/2 a", "2/None a"]
    assert two == ["1/2 b", "2/None b"]


def test_progress_without_a_listener_is_no_error() -> None:
    report_progress(1, 2, "nobody listens")


async def test_a_step_on_files_is_not_left_behind_when_its_run_is_called_off() -> None:
    """Or the next run would find the thread of the last one still at work."""
    began, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def copy() -> None:
        began.set()
        may_end.wait(60)
        done.set()

    async def run(calling_off: CallingOff) -> None:
        with may_be_called_off(calling_off):
            await unbroken(copy)

    calling_off = CallingOff()
    task = asyncio.create_task(run(calling_off))
    await asyncio.to_thread(began.wait, 60)
    calling_off.asked = True
    task.cancel()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done.is_set()


async def test_a_stop_of_the_daemon_does_not_wait_for_a_step_on_files() -> None:
    began, may_end = threading.Event(), threading.Event()

    def copy() -> None:
        began.set()
        may_end.wait(60)

    async def run() -> None:
        with may_be_called_off(CallingOff()):
            await unbroken(copy)

    task = asyncio.create_task(run())
    await asyncio.to_thread(began.wait, 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    may_end.set()


async def test_mistakes_are_told_one_by_one_with_what_would_be_right(actions: Actions) -> None:
    with pytest.raises(BadArguments) as told:
        actions.get("choose").validated({"limt": 1, "dry_run": "perhaps", "only": 5})
    assert {(one.path, one.hint) for one in told.value.mistakes} == {
        ("only", None),
        ("dry_run", None),
        ("limt", "Did you mean limit?"),
    }
    with pytest.raises(BadArguments) as many:
        actions.get("choose").validated({f"x{number}": number for number in range(5000)})
    assert len(many.value.mistakes) == 20

"""Every argument of every action has its bounds: what is absurd is refused in a sentence, and the utmost is borne."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from audiobook_daemon.actions import Action, BadArguments, parameters_of
from audiobook_daemon.actions.kinds import whole
from audiobook_daemon.config import InvalidConfiguration
from audiobook_daemon.daemon import Daemon, find_plugins, read_configuration
from audiobook_daemon.daemon.plugins import declared
from audiobook_daemon.daemon.serving_web import lent_to_web
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Outcome, RunOutcome
from audiobook_daemon.mqtt import refusals
from audiobook_daemon.plugin import action_methods
from audiobook_daemon.scheduler import Step

ABSURD: Mapping[str, object] = {
    "huge": 10**30,
    "huge text": "1" + "0" * 30,
    "thousands of digits": "9" * 5000,
    "very negative": -(10**30),
    "negative": -1,
    "not a number": math.nan,
    "infinite": math.inf,
    "minus infinite text": "-inf",
    "overlong": "x" * 1_000_000,
    "NUL": "a\0b",
    "half a character": "a\ud800b",
    "many": ["x"] * 100_000,
    "deep": [[[["x"]]]],
    "nested NUL": ["a\0b"],
    "section": {"a\0b": 1},
    "nothing": None,
    "empty": "",
}
NEVER = {"NUL", "half a character", "nested NUL", "section", "overlong", "many", "deep"}
"""What no argument may be."""
NUMBERS, TEXTS = ({"integer", "number"}, {"string"})


def built_in() -> dict[str, type[BaseModel]]:
    """Every action of a built-in plugin, with the model of its arguments."""
    plugins = {point.name: point.load() for point in entry_points(group="audiobook_daemon.plugins")}
    return {
        f"{name}.{method}": parameters_of(method, does)
        for name, of in plugins.items()
        for method, does in action_methods(of)
    }


TABLE = declared() | built_in()


def leaves(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The plain shapes that a schema is made of."""
    if reference := schema.get("$ref"):
        schema = definitions[reference.rpartition("/")[2]]
    yield schema
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    inner += [
        one for name in ("items", "additionalProperties", "propertyNames") if isinstance(one := schema.get(name), dict)
    ]
    for one in inner:
        yield from leaves(one, definitions)


@pytest.mark.parametrize("name", TABLE)
def test_the_schema_of_every_argument_tells_its_bounds(name: str) -> None:
    schema = TABLE[name].model_json_schema()
    for argument, shape in schema.get("properties", {}).items():
        for leaf in leaves(shape, schema.get("$defs", {})):
            told = (name, argument, leaf)
            if leaf.get("type") in NUMBERS:
                assert {"minimum", "exclusiveMinimum"} & leaf.keys(), told
                assert {"maximum", "exclusiveMaximum"} & leaf.keys(), told
            elif leaf.get("type") in TEXTS:
                assert {"maxLength", "enum", "const"} & leaf.keys(), told
            elif leaf.get("type") == "array":
                assert leaf["items"].get("enum") or leaf["maxItems"] <= 1000, told
            elif leaf.get("type") == "object":
                assert leaf["maxProperties"] <= 1000, told


@pytest.mark.parametrize("name", TABLE)
def test_what_is_absurd_is_refused_with_its_place_or_fits(name: str) -> None:
    model = TABLE[name]
    action = Action(name, "", model, nothing)
    needed = {one: "1" for one, field in model.model_fields.items() if field.is_required()}
    for argument in model.model_fields:
        for what, value in ABSURD.items():
            refused = refusal(action, needed | {argument: value})
            assert refused is not None or what not in NEVER, (argument, what)
            if refused is not None:
                assert {one.path.split(".")[0] for one in refused.mistakes} == {argument}, (argument, what)
                assert len(str(refused)) < 5000
                str(refused).encode()
                assert "\0" not in str(refused)


def test_what_is_nested_deeper_than_calls_go_is_refused_by_every_action() -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    for name, model in TABLE.items():
        needed = {one: "1" for one, field in model.model_fields.items() if field.is_required()}
        for argument in model.model_fields:
            refused = refusal(Action(name, "", model, nothing), needed | {argument: deep})
            assert refused is not None, (name, argument)
            assert len(str(refused)) < 500, (name, argument)


def test_a_broken_character_is_found_however_deep_it_is() -> None:
    deep: object = {"x": ("a\0b",)}
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(ValueError, match="cannot be kept"):
        whole(deep)


async def nothing() -> Outcome:
    """Do nothing."""
    return Outcome("")


def refusal(action: Action, arguments: Mapping[str, object]) -> BadArguments | None:
    """What is said of arguments; None if they are let in, and then no number is larger than numbers may be."""
    try:
        found = action.validated(arguments)
    except BadArguments as error:
        return error
    assert all(abs(one) <= 2**53 for one in found.values() if isinstance(one, int | float))
    return None


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    path = tmp_path / "audiobook-daemon.yaml"
    path.write_text('database: sqlite://state.db\ntimezone: UTC\njobs: {tidy: {at: "0 4 * * *", do: [cleanup]}}\n')
    async with Daemon.assembled(path, {"TZ": "UTC"}) as daemon:
        await daemon.plan()
        yield daemon


def utmost(schema: Mapping[str, Any], definitions: Mapping[str, Any], *, least: bool) -> object:
    """The largest or the smallest that a schema lets pass."""
    found = [one for one in leaves(schema, definitions) if one.get("type") not in {None, "null"}]
    leaf = found[0]
    match leaf["type"]:
        case "integer" | "number":
            low, high = leaf.get("minimum", leaf.get("exclusiveMinimum")), leaf["maximum"]
            return (low if "minimum" in leaf else low + 1) if least else high
        case "boolean":
            return not least
        case "string":
            if "examples" in leaf:
                return leaf["examples"][0]
            return (
                leaf["enum"][0]
                if "enum" in leaf
                else "x" * (max(1, leaf.get("minLength", 0)) if least else leaf["maxLength"])
            )
        case "array":
            return [] if least else [utmost(leaf["items"], definitions, least=False)]
        case _:
            return {} if least else {"min_seeders": 2**53}


@pytest.mark.parametrize("least", [True, False], ids=["the least", "the utmost"])
async def test_the_least_and_the_utmost_that_is_let_in_ends_no_run_in_a_mistake(
    daemon: Daemon, least: bool, caplog: pytest.LogCaptureFixture
) -> None:
    for action in daemon.actions:
        schema = action.parameters.model_json_schema()
        properties, definitions = schema.get("properties", {}), schema.get("$defs", {})
        needed = {name: utmost(properties[name], definitions, least=least) for name in schema.get("required", ())}
        tries = [
            needed,
            *(needed | {name: utmost(shape, definitions, least=least)} for name, shape in properties.items()),
        ]
        for arguments in tries:
            run_id, task = daemon.runner.begin(action.name, [Step(action.name, arguments)], "http")
            await asyncio.wait_for(task, 60)
            ended = await daemon.doors.show_run(run_id)
            assert ended.outcome is not RunOutcome.RUNNING
            assert not [record for record in caplog.records if record.exc_info], (action.name, arguments)


SENTENCES = [
    ("choose", {"limit": 10**30}, "limit", "should be less than or equal to 1000000"),
    ("drop", {"want": 2**31}, "want", "should be less than or equal to 2147483647"),
    ("undo", {"correction": -1}, "correction", "should be greater than or equal to 1"),
    ("add_book", {"title": "Dune", "duration": math.inf}, "duration", "should be a number"),
    ("want", {"title": "a\0b"}, "title", "holds a character that cannot be kept"),
    ("want", {"title": "x" * 501}, "title", "should have at most 500 characters"),
    ("pause", {"duration": "99999999d"}, "duration", "should be more than 0 and ten years at most"),
    ("follow", {"narrators": ["x"] * 101}, "narrators", "should have at most 100 items"),
]


@pytest.mark.parametrize(
    ("name", "arguments", "path", "message"), SENTENCES, ids=[f"{one[0]} {one[2]}" for one in SENTENCES]
)
async def test_every_door_refuses_in_the_same_words(
    daemon: Daemon, name: str, arguments: Mapping[str, Any], path: str, message: str
) -> None:
    with pytest.raises(BadArguments) as by_name:
        await daemon.doors.run_action(name, arguments, "mqtt")
    (mistake,) = by_name.value.mistakes
    assert (mistake.path, mistake.message) == (path, message)
    with pytest.raises(BadArguments, match=message) as over_http:
        await lent_to_web(daemon).doors.run_action(name, arguments, "http")
    assert over_http.value.mistakes == by_name.value.mistakes
    answer = refusals.of_daemon(by_name.value)
    assert message in json.dumps(answer.document("", None, duplicate=False))
    with pytest.raises(AudiobookDaemonError, match=message):
        await daemon.doors.do(name, arguments, "cli")
    file = daemon.path.with_name("other.yaml")
    steps = json.dumps({name: arguments}).replace("Infinity", ".inf")
    file.write_text(f'database: sqlite://other.db\njobs: {{mine: {{at: "0 4 * * *", do: [{steps}]}}}}\n')
    with pytest.raises(InvalidConfiguration, match=message) as in_a_file:
        read_configuration(file, find_plugins(file, {}), {"TZ": "UTC"})
    assert [one.path for one in in_a_file.value.mistakes] == [f"jobs.mine.do[0].{name}.{path}"]

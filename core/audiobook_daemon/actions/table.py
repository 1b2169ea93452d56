"""The table itself, how its arguments are validated, and what a run is told of who asked for it."""

from __future__ import annotations

import asyncio
import difflib
import inspect
import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, ClassVar, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, create_model, model_validator

from audiobook_daemon.actions.kinds import whole
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Outcome
from audiobook_daemon.wording import in_plain_words

_MOST_MISTAKES, _LONGEST_PATH = 20, 100
"""What is told of a request with thousands of mistakes in it."""

P = ParamSpec("P")
T = TypeVar("T")

Progress = Callable[[int, int | None, str], None]
"""Told how many are done, of how many (None if unknown), and what is being done."""


class UnknownAction(AudiobookDaemonError):
    """No action has this name; the text offers a near one."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in what was given."""

    path: str
    """The way to it, as in `only.0`."""
    message: str
    hint: str | None = None
    """What would be right, as in `Did you mean limit?`."""


class BadArguments(AudiobookDaemonError):
    """The arguments do not fit the action; the text names each one that does not, and so do the `mistakes`."""

    def __init__(self, message: str, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(message)
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Action:
    """One runnable thing; `parameters` validates its arguments whatever door they come through."""

    name: str
    description: str
    parameters: type[BaseModel]
    function: Callable[..., Coroutine[Any, Any, Outcome]]

    async def run(self, arguments: Mapping[str, object]) -> Outcome:
        """Validate the arguments and run; raises BadArguments before anything is done."""
        return await self.function(**self.validated(arguments))

    def validated(self, arguments: Mapping[str, object]) -> dict[str, object]:
        """Return the arguments as the function wants them; raises BadArguments."""
        try:
            model = self.parameters.model_validate(dict(arguments))
        except ValidationError as error:
            mistakes = mistakes_of(error, self.parameters, "argument")
            raise BadArguments(sentence_of(self.name, mistakes), mistakes) from None
        except RecursionError:
            raise BadArguments(f"{self.name}: the arguments are nested too deeply.") from None
        return {name: getattr(model, name) for name in type(model).model_fields}


class Actions:
    """The table; names are unique and stay in the order of their arrival."""

    def __init__(self) -> None:
        self._table: dict[str, Action] = {}

    def add(self, name: str, function: Callable[..., Coroutine[Any, Any, Outcome]]) -> None:
        """Make a function runnable; its annotated keyword parameters become the argument schema."""
        if name in self._table:
            raise ValueError(f"two actions are called {name!r}")
        description = inspect.getdoc(function) or name
        self._table[name] = Action(name, description, parameters_of(name, function), function)

    def remove(self, name: str) -> None:
        """Take an action out of the table."""
        del self._table[name]

    def get(self, name: str) -> Action:
        """Return an action; raises UnknownAction with the nearest names."""
        if name in self._table:
            return self._table[name]
        near = difflib.get_close_matches(name, self._table, n=2)
        hint = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(sorted(self._table))}."
        raise UnknownAction(f"There is no action called {name!r}.{hint}")

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def __iter__(self) -> Iterator[Action]:
        return iter(tuple(self._table.values()))


_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)
_from_afar: ContextVar[bool] = ContextVar("from_afar", default=False)
_calling_off: ContextVar[CallingOff | None] = ContextVar("calling_off", default=None)


@contextmanager
def reporting(progress: Progress, *, too: bool = False) -> Iterator[None]:
    """Let `progress` hear how far actions come that run within the block; with `too` beside those who hear already."""
    listener = _progress.get() if too else None

    def both(done: int, total: int | None, text: str) -> None:
        progress(done, total, text)
        if listener:
            listener(done, total, text)

    token = _progress.set(both)
    try:
        yield
    finally:
        _progress.reset(token)


class CallingOff:
    """Whether a run was called off by somebody: it then ends the step at hand, and does not leave it behind."""

    def __init__(self) -> None:
        self.asked = self.begun = self.over = False

    def begin(self) -> None:
        """Note that the steps begin; raises CancelledError if the run was called off before."""
        self.begun = True
        if self.asked:
            raise asyncio.CancelledError


@contextmanager
def may_be_called_off(calling_off: CallingOff) -> Iterator[None]:
    """Let the steps within the block know whether their run is called off."""
    token = _calling_off.set(calling_off)
    try:
        yield
    finally:
        _calling_off.reset(token)


async def unbroken(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Run a step on files in a thread; when its run is called off, wait for its end before giving way.

    Otherwise the next run would find a thread of the last one still at work on the same folder. A stop of the daemon
    does not wait here: the process ends after its threads anyway.
    """
    work = asyncio.ensure_future(asyncio.to_thread(function, *given, **named))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        if (calling_off := _calling_off.get()) and calling_off.asked:
            await asyncio.wait([work])
        raise


@contextmanager
def from_afar() -> Iterator[None]:
    """Let the actions that are begun within the block know that they are asked for over a network."""
    token = _from_afar.set(True)
    try:
        yield
    finally:
        _from_afar.reset(token)


def asked_from_afar() -> bool:
    """Whether this run was asked for by MQTT or HTTP: whoever asks there need not be trusted with all files here."""
    return _from_afar.get()


def report_progress(done: int, total: int | None, text: str) -> None:
    """Tell whoever listens to this run how far it has come."""
    if progress := _progress.get():
        progress(done, total, text)


def parameters_of(name: str, function: Callable[..., object]) -> type[BaseModel]:
    """Make the argument model of a function; `self` is left out, every other parameter must be annotated."""
    return _parameters_of(name, getattr(function, "__func__", function))


@lru_cache(maxsize=256)  # the same methods are asked for when a configuration is checked, and at every reload
def _parameters_of(name: str, function: Callable[..., object]) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY}:
            raise TypeError(f"action {name!r}: parameter {parameter.name!r} cannot be given by name")
        if parameter.name not in hints:
            raise TypeError(f"action {name!r}: parameter {parameter.name!r} has no annotation")
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (Annotated[hints[parameter.name], BeforeValidator(whole)], default)
    model_name = "".join(part.capitalize() for part in name.replace(".", "_").split("_")) + "Arguments"
    model: type[_Arguments] = create_model(model_name, __base__=_Arguments, **fields)
    model.does = inspect.getdoc(function) or name
    return model


def purpose_of(parameters: type[BaseModel]) -> str:
    """Say what the action does that takes these arguments; nothing for a model that `parameters_of` has not made."""
    return parameters.does if issubclass(parameters, _Arguments) else ""


class _Arguments(BaseModel):
    """The base of all argument models; where a list is wanted a single text will do, as the command line writes it."""

    # Most are never called in a process: their validators are built by the first call.
    model_config = ConfigDict(extra="forbid", defer_build=True)
    does: ClassVar[str] = ""
    """What the action does; a docstring would stand in every schema."""

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list(cls, given: object) -> object:
        if not isinstance(given, Mapping):
            return given
        lists = {name for name, field in cls.model_fields.items() if _takes_list(field.annotation)}
        return {name: [value] if name in lists and isinstance(value, str) else value for name, value in given.items()}


def _takes_list(annotation: object) -> bool:
    if get_origin(annotation) is Annotated:
        return _takes_list(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return any(_takes_list(option) for option in get_args(annotation))
    return (get_origin(annotation) or annotation) in {list, tuple, set, frozenset, Sequence}


def mistakes_of(error: ValidationError, model: type[BaseModel], noun: str) -> tuple[Mistake, ...]:
    """Return what is wrong with values (each an `argument` or a `field`), with the nearest known name as hint."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(_mistake(item, list(model.model_fields), noun) for item in found[:_MOST_MISTAKES])


def _mistake(item: Mapping[str, Any], known: Sequence[str], noun: str) -> Mistake:
    place = ".".join(str(part) for part in item["loc"])[:_LONGEST_PATH]
    if item["type"] == "extra_forbidden":
        near = difflib.get_close_matches(place, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"It takes {', '.join(known) or f'no {noun}s'}."
        return Mistake(place, f"unknown {noun} {place}", hint)
    if item["type"] == "missing":
        return Mistake(place, f"{noun} {place} is missing")
    return Mistake(place, in_plain_words(item))


def sentence_of(subject: str, mistakes: Sequence[Mistake]) -> str:
    """Name every mistake in one sentence."""
    return f"{subject}: {'; '.join(map(_told, mistakes))}"


def _told(mistake: Mistake) -> str:
    if mistake.hint is None:
        named = not mistake.path or re.search(rf"\b{re.escape(mistake.path)}\b", mistake.message)
        return mistake.message if named else f"{mistake.path}: {mistake.message}"
    if mistake.hint.startswith("Did"):
        return f"{mistake.message}, did{mistake.hint.removeprefix('Did')}"
    return f"{mistake.message} (it{mistake.hint.removeprefix('It').rstrip('.')})"

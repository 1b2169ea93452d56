"""One line of the table of commands: its path, its payload, and who carries it out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from audiobook_daemon.actions import Mistake, mistakes_of, sentence_of
from audiobook_daemon.mqtt.messages import KEY
from audiobook_daemon.mqtt.payloads import Document, InvalidPayload


class Mistaken(InvalidPayload):
    """A payload that does not fit its command; `mistakes` are the single things to mend."""

    def __init__(self, message: str, *mistakes: Mistake) -> None:
        super().__init__(message)
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Restriction:
    """What forbids a command."""

    setting: str
    value: str

    def __str__(self) -> str:
        return f"The setting {self.setting} ({self.value}) does not allow this command."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was understood."""

    levels: Mapping[str, str]
    """What the open levels of the pattern stand for."""
    payload: Any
    """An instance of the command's payload model."""
    key: str | None = None
    """With the same key nothing is done twice."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command has to say; `accepted` means it has only begun, and an event tells the end."""

    data: Document
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table; `<word>` in the pattern stands for one level of the topic."""

    pattern: str
    description: str
    payload: type[BaseModel]
    run: Callable[[Asked], Awaitable[Reply]]
    word: str | None = None
    """The field a bare word stands for."""
    safe: bool = False
    """Whether it is carried out with `commands: safe`."""
    keyed: bool = False
    """Whether it takes an `idempotency_key`; the others do the same when they are done again."""
    spelt: Callable[[str], Mapping[str, object]] | None = None
    """Reads a bare word that may stand for several fields."""

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the levels the pattern's words stand for, None if the path is another command's."""
        wanted, given = self.pattern.split("/"), path.split("/")
        if len(wanted) != len(given):
            return None
        pairs = list(zip(wanted, given, strict=True))
        if any(want != have for want, have in pairs if not want.startswith("<")):
            return None
        return {want.strip("<>"): have for want, have in pairs if want.startswith("<")}

    def read(self, payload: Mapping[str, object] | str, key: str | None = None) -> BaseModel:
        """Validate a payload; raises Mistaken with every mistake in one sentence."""
        if key is not None and not self.keyed:
            hint = "Leave it out: the same is asked for again without harm."
            raise Mistaken(f"{self.pattern} takes no idempotency_key.", Mistake(KEY, "it takes none", hint))
        if isinstance(payload, str):
            if self.word is None:
                raise Mistaken(
                    f"{self.pattern} takes no bare word.", Mistake("", "it takes no bare word", _shape(self.payload))
                )
            payload = self.spelt(payload) if self.spelt else {self.word: payload}
        try:
            return self.payload.model_validate(payload)
        except ValidationError as error:
            mistakes = mistakes_of(error, self.payload, "field")
            told = f"{sentence_of(self.pattern, mistakes)}{_known(self.payload)}"
            raise Mistaken(told, *mistakes) from None


def _shape(model: type[BaseModel]) -> str:
    if model.model_config.get("extra") == "allow":
        return 'Send a JSON object of names and values, as in {"dry_run": true}.'
    return f"Send a JSON object with {', '.join(model.model_fields)}." if model.model_fields else "Send {}."


def _known(model: type[BaseModel]) -> str:
    if model.model_config.get("extra") == "allow":
        return ""
    return f" (fields: {', '.join(model.model_fields) or 'none'})"

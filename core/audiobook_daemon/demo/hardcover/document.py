"""Reads a GraphQL document: one query without fragments, its variables put in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(
    r'\s+|,|\#[^\n]*|(?P<string>"(?:[^"\\]|\\.)*")|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>\$?[A-Za-z_]\w*)|(?P<sign>[{}()\[\]:!=])'
)
_WORDS: Mapping[str, object] = {"true": True, "false": False, "null": None}


class BadQuery(Exception):
    """The document is no query, or asks for what does not exist."""


@dataclass(frozen=True, slots=True)
class Field:
    """A selected field with its arguments; without a selection it is a plain value."""

    name: str
    arguments: Mapping[str, object]
    selection: tuple[Field, ...]


def read_document(text: str, variables: Mapping[str, object]) -> tuple[Field, ...]:
    """Return the top-level fields of the query; raises BadQuery."""
    reader = _Reader(list(_tokens(text)), variables)
    if reader.peek() == "query":
        reader.take()
        if reader.peek() not in {"{", "("}:
            reader.take()
        if reader.peek() == "(":
            reader.skip_brackets()
    elif reader.peek() != "{":
        raise BadQuery(f"unexpected {reader.peek()!r}")
    fields = reader.selection()
    if reader.peek():
        raise BadQuery(f"unexpected {reader.peek()!r} after the query")
    return fields


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise BadQuery(f"unexpected {text[at]!r}")
        if found.lastgroup:
            yield found[0]
        at = found.end()


class _Reader:
    def __init__(self, tokens: list[str], variables: Mapping[str, object]) -> None:
        self._tokens = tokens
        self._variables = variables
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self, expected: str | None = None) -> str:
        token = self.peek()
        if not token or (expected is not None and token != expected):
            raise BadQuery(f"expected {expected or 'more'}, found {token!r}")
        self._at += 1
        return token

    def skip_brackets(self) -> None:
        while self.take() != ")":
            pass

    def selection(self) -> tuple[Field, ...]:
        self.take("{")
        fields = []
        while self.peek() != "}":
            fields.append(self._field())
        self.take("}")
        return tuple(fields)

    def _field(self) -> Field:
        name = self.take()
        arguments = self._pairs("(", ")") if self.peek() == "(" else {}
        return Field(name, arguments, self.selection() if self.peek() == "{" else ())

    def _pairs(self, first: str, last: str) -> dict[str, object]:
        self.take(first)
        pairs: dict[str, object] = {}
        while self.peek() != last:
            name = self.take()
            self.take(":")
            pairs[name] = self._value()
        self.take(last)
        return pairs

    def _value(self) -> object:
        token = self.peek()
        if token == "{":
            return self._pairs("{", "}")
        if token == "[":
            return self._list()
        self.take()
        if token.startswith("$"):
            return self._variables.get(token[1:])
        if token[0] in '"-' or token[0].isdigit():
            value: object = json.loads(token)
            return value
        return _WORDS.get(token, token)

    def _list(self) -> list[object]:
        self.take("[")
        values = []
        while self.peek() != "]":
            values.append(self._value())
        self.take("]")
        return values

"""The configuration for a backup: its text without the secrets that stand in it, and the names of those that do not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, SecretStr

from audiobook_daemon.config.mistakes import InvalidConfiguration
from audiobook_daemon.config.model import Configuration
from audiobook_daemon.config.reading import compose

LEFT_OUT = "SECRET-LEFT-OUT"
"""Stands where a secret stood; as it is no alias and no tag, the file can be read all the same."""
_SHORTEST = 4
"""Characters; a shorter text would be found everywhere, and protects nothing."""
_ACCOUNT = re.compile(r"(?<=://)([^\s/:@\"']*):[^\s/@\"']+(?=@)")
_PARAMETER = re.compile(r"(?i)([?&](?:api_?key|key|token|pass\w*|secret|auth)=)[^&#\s\"']+")


@dataclass(frozen=True, slots=True)
class KeptConfiguration:
    """A configuration file that everybody may read."""

    text: str | None
    """None if it cannot be read, or not be freed of every secret."""
    lines: tuple[int, ...] = ()
    """Those that a secret was taken out of."""
    secrets: tuple[str, ...] = ()
    """The names that `!secret` refers to; so of `!env` and `!file`."""
    environment: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def secret_values(configuration: Configuration) -> frozenset[str]:
    """Return every secret that a configuration holds, from wherever it came."""
    instances = [one.settings for one in configuration.instances]
    return configuration.secrets | frozenset(_secrets_in([configuration.model_copy(), *instances]))


def keep(path: Path, secrets: Collection[str]) -> KeptConfiguration:
    """Read a configuration file and take the secrets out of it."""
    try:
        text = path.read_text("utf-8-sig")
        root = compose(path)
    except (OSError, UnicodeDecodeError, InvalidConfiguration):
        return KeptConfiguration(None)
    known = sorted((secret for secret in secrets if len(secret) >= _SHORTEST), key=len, reverse=True)
    before = text.splitlines(keepends=True)
    after = [_without(line, known) for line in before]
    tags = _tags(root)
    return KeptConfiguration(
        None if _still_there(root, known, after) else "".join(after),
        tuple(number for number, (one, other) in enumerate(zip(before, after, strict=True), 1) if one != other),
        tags.get("!secret", ()),
        tags.get("!env", ()),
        tags.get("!file", ()),
    )


def _secrets_in(value: object) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _secrets_in(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _secrets_in(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _secrets_in(item)


def _without(line: str, secrets: Collection[str]) -> str:
    for secret in secrets:
        line = line.replace(secret, LEFT_OUT)
    return _PARAMETER.sub(rf"\1{LEFT_OUT}", _ACCOUNT.sub(rf"\1:{LEFT_OUT}", line))


def _still_there(root: yaml.Node | None, secrets: Collection[str], after: list[str]) -> bool:
    """Whether a value that holds a secret is written in a way that the line by line search has missed."""
    for node in _scalars(root):
        if any(secret in node.value for secret in secrets):
            written = "".join(after[node.start_mark.line : node.end_mark.line + 1])
            if LEFT_OUT not in written or node.start_mark.line != node.end_mark.line or "\\" in written:
                return True
    return False


def _tags(root: yaml.Node | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for node in _scalars(root):
        if node.tag.startswith("!"):
            found.setdefault(node.tag, {})[node.value] = None
    return {tag: tuple(names) for tag, names in found.items()}


def _scalars(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield every scalar once, keys too, aliases followed."""
    left = [] if root is None else [root]
    seen: set[int] = set()
    while left:
        node = left.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.SequenceNode):
            left.extend(reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            left.extend(part for pair in reversed(node.value) for part in reversed(pair))

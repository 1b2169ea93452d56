"""From YAML nodes to plain data (text, lists, mappings), with the place of every key and value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml

from audiobook_daemon.config.mistakes import InvalidConfiguration, Mistake

Way = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""
Resolve = Callable[[str, str], str]
"""Told a tag (`!secret`) and the text behind it; returns what it stands for or raises Unresolved."""

MOST_VALUES = 50_000
"""More than this is a file whose aliases multiply each other."""

_STANDARD = "tag:yaml.org,2002:"


class Unresolved(Exception):
    """A tag does not lead to a value; the text is the mistake, empty if it has been reported already."""


@dataclass(slots=True)
class Document:
    """A file as plain data; scalars are text, nothing after a colon is None."""

    file: str
    data: object = None
    keys: dict[Way, tuple[int, int]] = field(default_factory=dict)
    values: dict[Way, tuple[int, int]] = field(default_factory=dict)
    unresolved: set[Way] = field(default_factory=set)
    """Values that are not known because of a mistake that has been noted already."""
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    """Everything that came through a tag; never to be shown."""

    def key_place(self, way: Way) -> tuple[int, int]:
        """Where the key stands, else the nearest key above it."""
        while way:
            if place := self.keys.get(way) or self.values.get(way):
                return place
            way = way[:-1]
        return self.values.get((), (1, 1))

    def value_place(self, way: Way) -> tuple[int, int]:
        """Where a scalar stands; for sections, and for what is not there, the place of the key."""
        if way in self.values and way in self.keys:
            nested = self.at(way)
            return self.keys[way] if isinstance(nested, dict | list) or nested is None else self.values[way]
        return self.key_place(way)

    def at(self, way: Way) -> object:
        """Return the value, or None."""
        current = self.data
        for part in way:
            if isinstance(current, dict) and isinstance(part, str):
                current = current.get(part)
            elif isinstance(current, list) and isinstance(part, int) and part < len(current):
                current = current[part]
            else:
                return None
        return current

    def note(self, way: Way, message: str, *, key: bool = False) -> None:
        """Note a mistake at a value, or at its key."""
        self.mistakes.append(self._mistake(way, message, key=key))

    def warn(self, way: Way, message: str, *, key: bool = False) -> None:
        """Note a warning."""
        self.warnings.append(self._mistake(way, message, key=key))

    def _mistake(self, way: Way, message: str, *, key: bool) -> Mistake:
        place = self.key_place(way) if key else self.value_place(way)
        return Mistake(self.file, *place, written(way), message)


def written(way: Way) -> str:
    """Write a way as people do: `jobs.hunt.do[1]`; what follows a forgotten space after a colon is left out."""
    text = ""
    for part in way:
        text += f"[{part}]" if isinstance(part, int) else f".{part.partition(':')[0]}"
    return text.removeprefix(".")


def build(file: str, root: yaml.Node | None, resolve: Resolve) -> Document:
    """Turn nodes into a Document; raises InvalidConfiguration only when the data cannot be built at all."""
    document = Document(file)
    if root is not None:
        document.data = _Builder(document, resolve).value(root, ())
    return document


class _Builder:
    def __init__(self, document: Document, resolve: Resolve) -> None:
        self._document = document
        self._resolve = resolve
        self._open: list[yaml.Node] = []
        self._count = 0

    def value(self, node: yaml.Node, way: Way) -> object:
        self._document.values[way] = _place(node)
        if node in self._open:
            raise self._hopeless(node, way, "an alias leads back into itself")
        self._count_up(node, way)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, way)
        if not node.tag.startswith(_STANDARD):
            self._document.note(way, "a tag (!) fits plain text only")
            self._document.unresolved.add(way)
            return None
        self._open.append(node)
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.value(item, (*way, index)) for index, item in enumerate(node.value)]
            return self._mapping(node, way)
        finally:
            self._open.pop()

    def _scalar(self, node: yaml.ScalarNode, way: Way) -> str | None:
        text: str = node.value
        if node.tag.startswith(_STANDARD):
            return None if node.style is None and text in {"", "~", "null"} else text
        try:
            found = self._resolve(node.tag, text)
        except Unresolved as error:
            if str(error):
                self._document.mistakes.append(Mistake(self._document.file, *_place(node), written(way), str(error)))
            self._document.unresolved.add(way)
            return ""
        if found:
            self._document.secrets.add(found)
        return found

    def _mapping(self, node: yaml.Node, way: Way) -> dict[str, object]:
        found: dict[str, object] = {}
        merged: list[yaml.Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                place = _place(key_node)
                self._document.mistakes.append(
                    Mistake(self._document.file, *place, written(way), "a key has to be plain text")
                )
                continue
            key: str = key_node.value
            if key == "<<" and key_node.style is None:
                merged.extend(self._sources(value_node, way))
                continue
            if key in found:
                line = self._document.keys[*way, key][0]
                mistake = Mistake(
                    self._document.file,
                    *_place(key_node),
                    written((*way, key)),
                    f"this key was given before, in line {line}; each may stand once",
                )
                self._document.mistakes.append(mistake)
                continue
            self._document.keys[*way, key] = _place(key_node)
            found[key] = self.value(value_node, (*way, key))
        for source in merged:
            for key_node, value_node in source.value:
                if isinstance(key_node, yaml.ScalarNode) and key_node.value not in found and key_node.value != "<<":
                    self._document.keys[*way, key_node.value] = _place(key_node)
                    found[key_node.value] = self.value(value_node, (*way, key_node.value))
        return found

    def _sources(self, node: yaml.Node, way: Way) -> Iterator[yaml.Node]:
        """Yield the mappings a merge key (`<<`) names, the strongest first, with those they merge themselves."""
        for source in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(source, yaml.MappingNode):
                mistake = Mistake(self._document.file, *_place(source), written(way), "<< has to name a section")
                self._document.mistakes.append(mistake)
                continue
            if source in self._open:
                raise self._hopeless(node, way, "an alias leads back into itself")
            self._count_up(source, way)
            yield source
            self._open.append(source)
            for key_node, value_node in source.value:
                if key_node.value == "<<":
                    yield from self._sources(value_node, way)
            self._open.pop()

    def _count_up(self, node: yaml.Node, way: Way) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            raise self._hopeless(node, way, "its aliases unfold to far too much")

    def _hopeless(self, node: yaml.Node, way: Way, message: str) -> InvalidConfiguration:
        return InvalidConfiguration([Mistake(self._document.file, *_place(node), written(way), message)])


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1

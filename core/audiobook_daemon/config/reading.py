"""From a file to YAML nodes: size, encoding and syntax, every fault with its place."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from audiobook_daemon.config.mistakes import InvalidConfiguration, Mistake

LARGEST = 1024 * 1024
"""Bytes; a configuration is written by people."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")

# PyYAML's own words, which may quote a piece of the file (a secret, perhaps), and what people read instead.
_SENTENCES = (
    (r"character '\\t'", "a tab stands here; YAML is indented with spaces"),
    (r"found character .* that cannot start any token", "text that begins with this character has to stand in quotes"),
    (r"mapping values are not allowed", "a colon stands where none is expected; check the indentation, or use quotes"),
    (r"undefined alias", "text that begins with * is an alias and there is no such anchor; put the text in quotes"),
    (r"found duplicate anchor", "this anchor (&) was given before; put the text in quotes if it is none"),
    (r"expected alphabetic or numeric character", "text that begins with & or * has to stand in quotes"),
    (r"could not find expected ':'", "a line above has no colon; write `key: value`"),
    (r"but found another document", "a second document begins here; one file holds one configuration"),
    (r"expected <block end>", "the indentation does not fit the lines above"),
    (r"while scanning a quoted scalar", "the quotes that open here are never closed"),
    (r"found unknown escape", "in double quotes a backslash needs another one before it; or use single quotes"),
    (r"expected ',' or '[\]}]'", "a comma or the closing bracket is missing"),
)

_UNQUOTED = 'text that begins with { has to stand in quotes, as in "{author}/{title}"'


class _Loader(yaml.SafeLoader):
    """Leaves every scalar the text it is: plain `no`, `12:30` and `010` must not change."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


def compose(path: Path) -> yaml.Node | None:
    """Read a YAML file to its root node; None if there is nothing in it.

    Raises InvalidConfiguration, which never quotes the file's text.
    """
    text = _text(path)
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        raise _fault(path, text, error.position, "a control character stands here; remove it") from None
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "quoted scalar" in (error.context or "") and error.context_mark and "escape" not in (error.problem or ""):
            mark = error.context_mark
        position = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        sentence = _UNQUOTED if _follows_a_brace(text, mark) else _sentence(error)
        raise InvalidConfiguration([Mistake(str(path), *position, "", sentence)]) from None
    except RecursionError:
        raise InvalidConfiguration([Mistake(str(path), 1, 1, "", "it is nested too deeply")]) from None
    finally:
        loader.dispose()


def _follows_a_brace(text: str, mark: yaml.Mark | None) -> bool:
    """Whether the fault stands right behind a closed brace: a template without quotes was taken for a section."""
    # Not by lines: YAML breaks them at more characters than we do.
    return bool(mark and re.search(r"\{\w+\}$", text[: mark.index]))


def _sentence(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    for pattern, sentence in _SENTENCES:
        if re.search(pattern, said):
            return sentence
    plain = re.sub(r"'[^']*'|\"[^\"]*\"", "...", error.problem or "it is not YAML")
    return f"this cannot be read as YAML ({plain})"


def _text(path: Path) -> str:
    whole = Mistake(str(path), None, None, "", "")
    try:
        if path.is_dir():
            raise _as_a_whole(whole, "this is a folder, not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _as_a_whole(whole, "there is no such file") from None
    except OSError as error:
        raise _as_a_whole(whole, f"it cannot be read ({error.strerror})") from None
    if len(content) > LARGEST:
        raise _as_a_whole(whole, f"it is larger than {LARGEST // 1024} KiB, which no configuration is")
    if content.startswith(_UTF16):
        raise _fault(path, "", 0, "it is saved as UTF-16; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        raise _fault(path, before, len(before), "this is not UTF-8; save the file as UTF-8") from None


def _as_a_whole(whole: Mistake, message: str) -> InvalidConfiguration:
    return InvalidConfiguration([Mistake(whole.file, None, None, "", message)])


def _fault(path: Path, text: str, position: int, message: str) -> InvalidConfiguration:
    before = text[:position]
    line = before.count("\n") + 1
    return InvalidConfiguration([Mistake(str(path), line, position - before.rfind("\n"), "", message)])

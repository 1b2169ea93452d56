"""Markup of descriptions: the visible text, and the few marks that libraries keep."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

_KEPT: Final = {"p": "p", "ol": "ol", "ul": "ul", "li": "li", "a": "a", "del": "del", "br": "br"}
_KEPT_AS: Final = {"strong": "b", "b": "b", "em": "i", "i": "i", "s": "del", "strike": "del"}
_BLOCKS: Final = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "tr"})
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "iframe", "object", "template", "noscript", "svg"})
_EMPHASIS: Final = frozenset({"b", "i", "del"})
_LISTS: Final = frozenset({"ol", "ul"})
_DEEPEST: Final = 20
"""Open tags; what lies deeper keeps its text only."""
_MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")
_LINK = re.compile(r"https?://[^\s<>\"']{4,500}", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Whether a text has tags or entities."""
    return _MARKUP.search(text) is not None


def plain_text(text: str) -> str:
    """What a reader sees, one line for each block."""
    if not has_markup(text):
        return text
    reader = _Reader(keep=False)
    reader.feed(text)
    reader.close()
    return reader.result()


def kept_markup(text: str) -> str:
    """The text with paragraphs, lists, line breaks, links and emphasis, every tag closed; all else as plain text."""
    reader = _Reader(keep=True)
    reader.feed(text)
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    """Reads markup of any quality; never recurses, so that depth costs nothing."""

    def __init__(self, *, keep: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._keep = keep
        self._parts: list[str] = []
        self._open: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen or tag in _UNSEEN:
            self._unseen = [*self._unseen, tag] if tag in _UNSEEN else self._unseen
        elif tag == "br":
            self._parts.append("<br>" if self._keep else "\n")
        elif tag in _BLOCKS:
            self._begin_block()
        elif name := _KEPT.get(tag) or _KEPT_AS.get(tag):
            self._begin(name, dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag in _BLOCKS:
            self._end("p")
        elif name := _KEPT.get(tag) or _KEPT_AS.get(tag):
            self._end(name)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(html.escape(data, quote=False) if self._keep else data)

    def result(self) -> str:
        """All that was read, with what is open closed."""
        while self._open:
            self._close()
        return "".join(self._parts)

    def _begin_block(self) -> None:
        if "li" in self._open:
            return
        self._end("p")
        self._begin("p", None)

    def _begin(self, name: str, link: str | None) -> None:
        if len(self._open) >= _DEEPEST or (name in _EMPHASIS and name in self._open):
            return
        if name == "a" and not (link and _LINK.fullmatch(link)):
            return
        if name in _LISTS:
            self._end("p")
        if name == "li" and not self._may_list():
            return
        self._open.append(name)
        reference = f' href="{html.escape(link or "")}"' if name == "a" else ""
        self._parts.append(f"<{name}{reference}>" if self._keep else "\n" if name in {"p", "li"} else "")

    def _may_list(self) -> bool:
        """Whether an entry may begin here; the entry before it in the same list ends."""
        inner = next((name for name in reversed(self._open) if name == "li" or name in _LISTS), None)
        if inner == "li":
            self._end("li")
        return inner is not None

    def _end(self, name: str) -> None:
        if name in self._open:
            while self._close() != name:
                pass

    def _close(self) -> str:
        name = self._open.pop()
        self._parts.append(f"</{name}>" if self._keep else "\n" if name in {"p", "li"} else "")
        return name

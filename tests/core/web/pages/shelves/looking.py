"""Looks at pages as somebody with a key does, and reads their markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.core.web.conftest import KEY, Served

_EMPTY = frozenset({"meta", "link", "input", "img", "br", "wbr", "rect", "path", "line", "polyline", "polygon"})


@dataclass
class Seen(HTMLParser):
    """A page that was read."""

    status: int
    text: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: str = ""
    """What stands between the tags."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.text)
        self.close()
        assert self._open == [], f"these are never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> ends nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def links(self, beginning: str) -> list[str]:
        """Where the page leads to below a path, in the order of the page."""
        found = [attributes.get("href") or "" for tag, attributes in self.tags if tag == "a"]
        return [path for path in found if path.startswith(beginning)]

    def books(self) -> list[str]:
        """The pages of owned books that the page leads to."""
        return [path for path in self.links("/library/") if path.removeprefix("/library/").isdigit()]

    def forms(self, beginning: str = "/") -> list[str]:
        """What can be sent from here, by POST."""
        posted = [one for tag, one in self.tags if tag == "form" and one.get("method") == "post"]
        found = [one.get("action") or "" for one in posted]
        return [path for path in found if path.startswith(beginning) and path != "/logout"]


async def look(served: Served, path: str, key: str = KEY, cookie: str = "") -> Seen:
    """Look at a page."""
    headers = _headers(key) | ({"Cookie": cookie} if cookie else {})
    async with served.session.get(f"{served.address}{path}", headers=headers) as answer:
        return Seen(answer.status, await answer.text())


async def send(served: Served, path: str, key: str = KEY, **fields: str) -> tuple[int, str]:
    """Send a form, and return the status and what the next page says of it."""
    sent = served.session.post(f"{served.address}{path}", data=fields, headers=_headers(key), allow_redirects=False)
    async with sent as answer:
        status, place = answer.status, answer.headers.get("Location", "")
        cookie = "; ".join(f"{name}={one.value}" for name, one in answer.cookies.items())
    if status != 303:
        return status, ""
    page = await look(served, place, key, cookie)
    assert page.status == 200
    begin = page.text.index('id="said"')
    said = page.text[begin : page.text.index("</div>", begin)]
    return status, " ".join(Seen(200, f"<div {said}</div>").words.split())


def _headers(key: str) -> dict[str, str]:
    return {"X-API-Key": key, "Accept": "text/html"}

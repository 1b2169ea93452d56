"""Speaks to Open Library: searches and single records, with a name and a contact."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from audiobook_daemon import AuthFailed, Context, HttpAnswer, Unavailable, __version__, lenient
from audiobook_plugins.open_library.config import OpenLibraryConfig

Record = Mapping[str, object]
NO_CONTACT = "Set `contact` of this instance to your e-mail address or web page."
_MOST_REDIRECTS = 3
_FIELDS = (
    "key,title,subtitle,author_name,author_key,first_publish_year,edition_count,language,isbn,cover_i,"
    "series_key,series_name,series_position"
)
_WORKS, _MOST_PAGES = 500, 8
_PATIENCE = 300.0
"""Seconds to leave Open Library alone when it asks for fewer questions without saying for how long."""


class Client:
    """The questions the plugin needs. All may raise AuthFailed and Unavailable."""

    def __init__(self, config: OpenLibraryConfig, context: Context) -> None:
        self._http = context.http
        self._base = config.url
        self._known = config.contact is not None
        self._headers = {"User-Agent": f"audiobook-daemon/{__version__} ({config.contact})"} if self._known else {}
        context.http.pace(config.seconds, one_at_a_time=True)

    async def search(self, asked: Mapping[str, str], limit: int = 20) -> list[Record]:
        """Search works by `title`, `author`, `q`, ...; returns their rows."""
        params = {**asked, "fields": _FIELDS, "limit": str(limit)}
        return list(lenient.objects(_needed(await self._get("/search.json", params)).get("docs")))

    async def search_authors(self, name: str) -> list[Record]:
        """Search authors by name; blanks between initials matter."""
        params = {"q": name, "limit": "20"}
        return list(lenient.objects(_needed(await self._get("/search/authors.json", params)).get("docs")))

    async def works_by(self, author: str) -> list[Record]:
        """List the works of one record of an author."""
        found: list[Record] = []
        for page in range(_MOST_PAGES):
            params = {"limit": str(_WORKS), "offset": str(page * _WORKS)}
            answer = await self._get(f"/authors/{author}/works.json", params)
            entries = [] if answer is None else list(lenient.objects(answer.get("entries")))
            found += entries
            if len(entries) < _WORKS:
                break
        return found

    async def record(self, key: str) -> Record | None:
        """Fetch a record by its key (`/works/OL1W`), or the one it was moved to; None if there is none."""
        for _ in range(_MOST_REDIRECTS):
            record = await self._get(f"{key}.json", {})
            kind = record.get("type") if record else None
            moved = record.get("location") if record and _is_redirect(kind) else None
            if not isinstance(moved, str) or not moved.startswith("/"):
                return record
            key = moved
        raise Unavailable("Open Library sends us from one record to the next without end.")

    async def edition(self, isbn: str) -> Record | None:
        """Fetch the edition of an ISBN; None if it is unknown."""
        return await self.record(f"/isbn/{isbn}")

    async def _get(self, path: str, params: Mapping[str, str]) -> Record | None:
        """Return the object at a path; None if there is nothing."""
        url = f"{self._base}{path}"
        for _ in range(_MOST_REDIRECTS):
            answer = await self._http.request("GET", url, params=params, headers=self._headers)
            if answer.status not in {301, 302, 303, 307, 308}:
                return self._read(answer)
            url, params = self._elsewhere(url, answer), {}
        raise Unavailable("Open Library sends us from one page to the next without end.")

    def _elsewhere(self, url: str, answer: HttpAnswer) -> str:
        target = urljoin(url, answer.headers.get("location", ""))
        if urlsplit(target)[:2] != urlsplit(self._base)[:2]:
            raise Unavailable("Open Library sends us to another site.")
        return target

    def _read(self, answer: HttpAnswer) -> Record | None:
        if answer.status == 404:
            return None
        if answer.status == 403:
            remedy = "It may have blocked this program." if self._known else NO_CONTACT
            raise AuthFailed(f"Open Library does not answer programs that do not say whom to write to. {remedy}")
        if answer.status == 429:
            raise Unavailable("Open Library asks for fewer questions.", answer.retry_after or _PATIENCE)
        document = answer.check().json()
        if not isinstance(document, dict):
            raise Unavailable("Open Library answered with something that is no record.")
        return document


def _needed(answer: Record | None) -> Record:
    if answer is None or not isinstance(answer.get("docs"), list):
        raise Unavailable("Open Library answered a search without a list.")
    return answer


def _is_redirect(kind: object) -> bool:
    return isinstance(kind, dict) and kind.get("key") == "/type/redirect"

"""A stand-in for Google Books: the volumes interface, its reduced search records and its quotas."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from audiobook_daemon.demo.google_volume import GoogleVolume, full_record, search_record
from audiobook_daemon.demo.standin import StandIn

__all__ = ["GoogleBooksStandIn", "GoogleVolume"]

_VOLUMES = "/books/v1/volumes"
_LARGEST_PAGE = 40
_GREY_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAMzMzAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
_TERM = re.compile(r'(?P<exclude>(?<!\S)-)?(?:(?P<field>\w+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s":]+))')
_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


class GoogleBooksStandIn(StandIn):
    """Plays Google Books.

    `key` is the one accepted key (None accepts any); a wrong one is answered with `wrong_key_status` (400 or 403).
    `quota` counts down with every accepted call (None is without end). `anonymous` is whether calls without a key
    are answered; the real service mostly says 429 to them.
    """

    def __init__(
        self,
        volumes: Sequence[GoogleVolume],
        *,
        key: str | None = None,
        quota: int | None = None,
        anonymous: bool = True,
    ) -> None:
        super().__init__()
        self.volumes = list(volumes)
        self.key = key
        self.quota = quota
        self.anonymous = anonymous
        self.wrong_key_status = 400

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Search, one volume, and covers."""
        return (
            web.get(_VOLUMES, self._search),
            web.get(f"{_VOLUMES}/{{id}}", self._volume),
            web.get("/books/content", self._cover),
        )

    async def _search(self, request: web.Request) -> web.Response:
        refusal = self._admit(request)
        if refusal is not None:
            return refusal
        asked = request.query
        if not asked.get("q", "").strip():
            return _error(400, "Missing query.", "queryRequired")
        size, start = asked.get("maxResults", "10"), asked.get("startIndex", "0")
        if not size.isdecimal() or int(size) > _LARGEST_PAGE:
            return _error(400, f"Values must be within the range: [0, {_LARGEST_PAGE}]", "invalidParameter")
        if not start.isdecimal():
            return _error(400, "Values must be within the range: [0, 2147483647]", "invalidParameter")
        found = self._find(asked)
        page = found[int(start) : int(start) + int(size)]
        # An estimate, as in the real service: too high, and another one on every page.
        answer: dict[str, object] = {"kind": "books#volumes", "totalItems": len(found) * 3 + int(start)}
        if not found:
            answer["totalItems"] = 0
        if page:
            answer["items"] = [search_record(volume, self.url) for volume in page]
        return web.json_response(answer)

    def _find(self, asked: Mapping[str, str]) -> Sequence[GoogleVolume]:
        terms = _terms(asked["q"])
        language = asked.get("langRestrict")
        found = [
            volume
            for volume in self.volumes
            if all(term.fits(volume) for term in terms) and (language is None or volume.language == language)
        ]
        if asked.get("orderBy") == "newest":
            return sorted(found, key=lambda volume: volume.published_date or "", reverse=True)
        return sorted(found, key=lambda volume: sum(term.in_title(volume) for term in terms), reverse=True)

    async def _volume(self, request: web.Request) -> web.Response:
        refusal = self._admit(request)
        if refusal is not None:
            return refusal
        volume = self._by_id(request.match_info["id"])
        if volume is None:
            return _error(404, "The volume ID could not be found.", "notFound")
        return web.json_response(full_record(volume, self.url))

    async def _cover(self, request: web.Request) -> web.Response:
        volume = self._by_id(request.query.get("id", ""))
        if volume is None or volume.cover is None:
            return web.Response(body=_GREY_PIXEL, content_type="image/gif")
        return web.Response(body=volume.cover, content_type="image/jpeg")

    def _by_id(self, number: str) -> GoogleVolume | None:
        return next((volume for volume in self.volumes if volume.id == number), None)

    def _admit(self, request: web.Request) -> web.Response | None:
        key = request.query.get("key")
        if key is None and not self.anonymous:
            return _quota_exceeded(limit=0)
        if key is not None and self.key not in {None, key}:
            return _wrong_key(self.wrong_key_status)
        if self.quota is not None:
            if self.quota <= 0:
                return _quota_exceeded(limit=1000)
            self.quota -= 1
        return None


@dataclass(frozen=True, slots=True)
class _Term:
    """One word or phrase of a query, perhaps bound to a field."""

    field: str | None
    text: str
    excluded: bool

    def fits(self, volume: GoogleVolume) -> bool:
        return self._found(volume) != self.excluded

    def in_title(self, volume: GoogleVolume) -> bool:
        return not self.excluded and _holds(volume.title, self.text)

    def _found(self, volume: GoogleVolume) -> bool:
        title = f"{volume.title} {volume.subtitle or ''}"
        authors = " ".join(volume.authors)
        subjects = " ".join(volume.categories)
        match self.field:
            case "intitle":
                return _holds(title, self.text)
            case "inauthor":
                return _holds(authors, self.text)
            case "inpublisher":
                return _holds(volume.publisher or "", self.text)
            case "subject":
                return _holds(subjects, self.text)
            case "isbn":
                number = self.text.replace("-", "").upper()
                return number in {volume.isbn_10, volume.isbn_13}
            case "lccn" | "oclc":
                return False
            case _:
                everywhere = (title, authors, subjects, volume.description or "", volume.full_text)
                return any(_holds(text, self.text) for text in everywhere)


def _terms(query: str) -> Sequence[_Term]:
    """Read a query. A field word binds the next word or quoted phrase only, as in the real service."""
    return [
        _Term(found["field"], found["word"] if found["phrase"] is None else found["phrase"], bool(found["exclude"]))
        for found in _TERM.finditer(query)
    ]


def _holds(text: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in the text one after the other."""
    return f" {_words(wanted)} " in f" {_words(text)} " if _words(wanted) else True


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _error(
    code: int, message: str, reason: str, status: str | None = None, detail: Mapping[str, object] | None = None
) -> web.Response:
    error: dict[str, object] = {
        "code": code,
        "message": message,
        "errors": [{"message": message, "domain": "global", "reason": reason}],
    }
    if status is not None:
        error["status"] = status
    if detail is not None:
        error["details"] = [{"@type": _INFO, **detail}]
    return web.json_response({"error": error}, status=code)


def _wrong_key(code: int) -> web.Response:
    detail = {
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": "books.googleapis.com"},
    }
    message = "API key not valid. Please pass a valid API key."
    status = "INVALID_ARGUMENT" if code == 400 else "PERMISSION_DENIED"
    return _error(code, message, "badRequest" if code == 400 else "keyInvalid", status, detail)


def _quota_exceeded(limit: int) -> web.Response:
    message = (
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service 'books.googleapis.com' "
        "for consumer 'project_number:0'."
    )
    metadata = {
        "quota_unit": "1/d/{project}",
        "quota_metric": "books.googleapis.com/default",
        "quota_location": "global",
        "service": "books.googleapis.com",
        "quota_limit_value": str(limit),
        "consumer": "projects/0",
        "quota_limit": "defaultPerDayPerProject",
    }
    detail = {"reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com", "metadata": metadata}
    return _error(429, message, "rateLimitExceeded", "RESOURCE_EXHAUSTED", detail)

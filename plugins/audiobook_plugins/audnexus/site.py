"""Speaks to one of the two sites and tells what its answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus

from audiobook_daemon import Context, HttpAnswer, Refused, Unavailable

_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_CLOSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_NOT_FOUND = frozenset({"NOT_FOUND", "REGION_UNAVAILABLE", "CONTENT_TYPE_MISMATCH"})


class Site:
    """One site; when it asks for fewer questions, none is sent to it until then."""

    def __init__(self, name: str, context: Context) -> None:
        self._name = name
        self._context = context
        self._closed_until: datetime | None = None

    async def ask(self, url: str, params: Mapping[str, str]) -> Mapping[str, object] | None:
        """Return the object of an answer, or None if the site says that there is no such thing.

        Raises Refused (`question`) for a question it does not understand, and else Unavailable.
        """
        self._keep_quiet()
        answer = await self._context.http.request("GET", url, params=params)
        if answer.status in _BUSY and answer.retry_after is not None:
            self._closed_until = self._context.now() + timedelta(seconds=answer.retry_after)
        if answer.status in _CLOSED:
            # Neither wants credentials: this is how they turn away whom they take for a robot.
            raise Unavailable(f"{self._name} refuses to answer this machine (status {answer.status}).")
        document = _object(answer)
        if answer.status == HTTPStatus.OK:
            if document is None or "error" in document:
                raise Unavailable(f"{self._name} answered with something that is no book and no list of books.")
            return document
        if document is not None and _says_none(answer.status, document):
            return None
        if answer.status == HTTPStatus.BAD_REQUEST and document is not None:
            raise Refused(f"{self._name} does not understand the question: {_message(document)}", "question")
        answer.check()
        raise Unavailable(f"{self._name} answered with status {answer.status}.")

    def _keep_quiet(self) -> None:
        now = self._context.now()
        if self._closed_until is not None and now < self._closed_until:
            wait = (self._closed_until - now).total_seconds()
            raise Unavailable(f"{self._name} asked for a rest.", wait)


def _object(answer: HttpAnswer) -> Mapping[str, object] | None:
    """The JSON object of an answer; of a failure anything else is no object."""
    if answer.status != HTTPStatus.OK:
        try:
            document = answer.json()
        except Unavailable:
            return None
        return document if isinstance(document, dict) else None
    document = answer.json()
    return document if isinstance(document, dict) else None


def _says_none(status: int, document: Mapping[str, object]) -> bool:
    """Whether an error only means that the region has no such book: by its code, or in the old form a status 500."""
    error = document.get("error")
    if isinstance(error, dict):
        return error.get("code") in _NOT_FOUND
    return status in {HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR} and any(
        words in _message(document).lower() for words in ("not available in region", "not found")
    )


def _message(document: Mapping[str, object]) -> str:
    error = document.get("error")
    told = error.get("message") if isinstance(error, dict) else document.get("message")
    return str(told or "").strip()[:200]

"""Tells what an answer of Hardcover means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audiobook_daemon import AuthFailed, HttpAnswer, Unavailable

RENEWAL = "Make a new one on the account page of Hardcover (Settings, Hardcover API) and set it as `token`."
_MINUTE = 60.0
_OF_TOKEN = ("authorization", "jwt", "token", "access-denied", "invalid-headers")


def read_data(answer: HttpAnswer) -> Mapping[str, object]:
    """Return the data of an answer; raises AuthFailed (token) or Unavailable."""
    if answer.status == 200:
        document = answer.json()
        if not isinstance(document, dict):
            raise Unavailable("Hardcover answered with something that is no answer to a question.")
        _refuse_errors(document)
        data = document.get("data")
        if not isinstance(data, dict):
            raise Unavailable("Hardcover answered without data.")
        return data
    error = _error(answer)
    if answer.status == 401:
        raise AuthFailed(f"Hardcover does not accept the token: it has run out or was revoked. {RENEWAL}")
    if answer.status == 403 and error.get("error") == "insufficient_scope":
        scope = str(error.get("scope") or "needed")[:80]
        raise AuthFailed(f"The token of Hardcover lacks the right {scope!r}. {RENEWAL}")
    if answer.status == 403 and error.get("error"):
        raise Unavailable(f"Hardcover refuses the question ({str(error['error'])[:80]}).")
    if answer.status == 408:
        raise Unavailable("Hardcover took too long to find an answer.")
    if answer.status == 429:
        raise Unavailable("Hardcover asks for fewer questions.", answer.retry_after or _MINUTE)
    answer.check()
    raise Unavailable(f"Hardcover answered with status {answer.status}.")


def _refuse_errors(document: Mapping[str, object]) -> None:
    """GraphQL tells its errors with status 200."""
    errors = list(_errors(document))
    if not errors:
        return
    message, code = errors[0]
    if any(word in f"{message} {code}".lower() for word in _OF_TOKEN):
        raise AuthFailed(f"Hardcover does not accept the token ({message}). {RENEWAL}")
    raise Unavailable(f"Hardcover does not understand the question: {message}")


def _errors(document: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    errors = document.get("errors")
    for error in errors if isinstance(errors, list) else [errors] if errors else ():
        members = error if isinstance(error, dict) else {"message": error}
        extensions = members.get("extensions")
        code = extensions.get("code") if isinstance(extensions, dict) else None
        yield str(members.get("message") or "no reason given")[:200], str(code or "")


def _error(answer: HttpAnswer) -> Mapping[str, object]:
    try:
        document = answer.json()
    except Unavailable:
        return {}
    return document if isinstance(document, dict) else {}

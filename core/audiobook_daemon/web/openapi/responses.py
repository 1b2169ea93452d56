"""What an operation may answer, in the words of OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon.web.openapi.shapes import Schema
from audiobook_daemon.web.operation import Operation

ALWAYS = (400, 401, 403, 422, 429)
MEANINGS: Mapping[int, str] = {
    400: "It cannot be read, or asks for nothing.",
    401: "The key is missing or wrong.",
    403: "The key does not open this.",
    404: "There is no such thing.",
    409: "It cannot be done as things stand.",
    413: "The body is too large.",
    422: "A value is missing, unknown or of the wrong kind; `error.mistakes` names each.",
    429: "Too often; `Retry-After` says in how many seconds to come again.",
    500: "The daemon made a mistake; its log tells more.",
    502: "Something outside answered with a fault.",
    503: "Something outside does not answer.",
}
"""What each refusal means."""
_GOOD: Mapping[int, str] = {200: "It went well.", 201: "It was made.", 202: "It has begun."}
_HEADERS = {"X-Request-Id": {"$ref": "#/components/headers/request_id"}}


def responses(operation: Operation, answers: Mapping[str, Schema]) -> Schema:
    """Return every answer of an operation by status."""
    missing = {404} if operation.in_path else set()
    large = {413} if operation.in_body else set()
    always = ALWAYS if operation.scope else (400, 422, 429)
    statuses = sorted({*always, *operation.errors} | missing | large)
    return {
        str(operation.status): _good(operation, answers),
        **{str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses},
    }


def _good(operation: Operation, answers: Mapping[str, Schema]) -> Schema:
    content: Schema = (
        {operation.raw.content_type: {}} if operation.raw else {"application/json": {"schema": answers[operation.name]}}
    )
    said = _GOOD.get(operation.status, _GOOD[200])
    return {"description": said, "headers": _HEADERS, "content": content}


def refusals(failure: Schema) -> Schema:
    """Return the answers of requests that are not carried out, which are of one shape."""
    return {str(status): _refusal(status, meaning, failure) for status, meaning in MEANINGS.items()}


def _refusal(status: int, meaning: str, failure: Schema) -> Schema:
    retry = {"Retry-After": {"$ref": "#/components/headers/retry_after"}} if status in {429, 503} else {}
    return {
        "description": meaning,
        "headers": {**_HEADERS, **retry},
        "content": {"application/json": {"schema": failure}},
    }

"""What Hardcover answers instead of data."""

from __future__ import annotations

from aiohttp import web


def invalid_token() -> web.Response:
    """The token has run out, was revoked, or never was one."""
    return web.json_response(
        {"error": "invalid_token", "error_description": "The access token is invalid or has expired."}, status=401
    )


def insufficient_scope(scope: str) -> web.Response:
    """The token may not ask for this."""
    text = f"This token needs the scope {scope}."
    return web.json_response({"error": "insufficient_scope", "error_description": text, "scope": scope}, status=403)


def forbidden(error: str, text: str) -> web.Response:
    """The question is not allowed to anybody."""
    return web.json_response({"error": error, "error_description": text}, status=403)


def too_many(seconds: int) -> web.Response:
    """The limit of the minute or of the day is reached."""
    answer = web.json_response({"error": "Too Many Requests", "message": "Rate limit reached."}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def timed_out() -> web.Response:
    """The question took longer than it may."""
    return web.json_response({"error": "Request timeout"}, status=408)


def graphql_error(text: str, code: str = "validation-failed") -> web.Response:
    """Refuse a question with status 200, as GraphQL does."""
    extensions = {"path": "$", "code": code}
    return web.json_response({"errors": [{"message": text, "extensions": extensions}]})

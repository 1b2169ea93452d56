"""Values are read as strictly as they are described."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from pydantic import Field

from audiobook_daemon.models import WantState
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.reading import idempotency_key, read
from audiobook_daemon.web.refusals import BadRequest, Refusal, Unfit


class Sent(Asked):
    """One field of each kind."""

    thing_id: Id
    count: Annotated[int, Field(le=100)] | None = None
    share: float | None = None
    sure: bool = False
    name: Annotated[str, Field(max_length=20)] | None = None
    state: WantState | None = None
    day: date | None = None
    many: list[int] | None = None
    rest: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Reads requests as the server does."""

    method: str

    async def reads(self, *, query: str = "", body: bytes = b"", thing: str = "7") -> Sent:
        request = make_mocked_request(self.method, f"/api/things/{thing}{query}", match_info={"thing_id": thing})
        request._read_bytes = body
        found = await read(request, Operation(self.method, "/{thing_id}", _nothing, Sent, Sent, "things"))
        assert isinstance(found, Sent)
        return found


async def _nothing(desk: object, asked: Sent) -> web.Response:
    raise NotImplementedError


GET, PUT = Room("GET"), Room("PUT")


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("count=12", "count", 12),
        ("count=-3", "count", -3),
        ("share=0.5", "share", 0.5),
        ("share=2", "share", 2.0),
        ("share=1.25e-3", "share", 0.00125),
        ("sure=true", "sure", True),
        ("name=12", "name", "12"),
        ("name=Emma%20%C3%A9", "name", "Emma é"),
        ("state=review", "state", WantState.REVIEW),
        ("day=2026-11-22", "day", date(2026, 11, 22)),
        ("many=1&many=2", "many", [1, 2]),
        ("many=1", "many", [1]),
    ],
)
async def test_a_query_is_text_that_stands_for_values(query: str, field: str, value: object) -> None:
    found = await GET.reads(query=f"?{query}")
    assert (found.thing_id, getattr(found, field)) == (7, value)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("count=1.0", "count"),
        ("count=1_0", "count"),
        ("count=%201", "count"),
        ("count=", "count"),
        ("count=101", "count"),
        ("count=99999999999999999999999", "count"),
        ("sure=1", "sure"),
        ("sure=yes", "sure"),
        ("share=nan", "share"),
        ("share=1e999", "share"),
        ("state=Review", "state"),
        ("day=22.11.2026", "day"),
        ("name=a%00b", "name"),
        ("count=1&count=2", "more than once"),
        ("colour=red", "colour"),
        ("many=1&many=two", "many"),
    ],
)
async def test_what_is_not_described_is_refused_in_a_query(query: str, told: str) -> None:
    with pytest.raises(Unfit) as refused:
        await GET.reads(query=f"?{query}")
    assert refused.value.mistakes
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        {"count": "12"},
        {"count": 1.5},
        {"count": True},
        {"share": "0.5"},
        {"sure": "true"},
        {"sure": 1},
        {"name": 12},
        {"many": "1"},
        {"many": ["1"]},
        {"name": "a\0b"},
        {"name": "\ud800"},
        {"rest": {"a": ["\0"]}},
        {"rest": {"\ud800": 1}},
        {"\udfff": 1},
        {"colour": "red"},
    ],
)
async def test_a_body_holds_values_not_texts_that_look_like_them(body: object) -> None:
    with pytest.raises(Unfit) as refused:
        await PUT.reads(body=json.dumps(body).encode())
    assert refused.value.mistakes
    refused.value.args[0].encode()


async def test_days_states_and_lists_are_read_from_json() -> None:
    found = await PUT.reads(body=b'{"name": "Emma", "day": "2026-11-22", "many": [1], "state": "review"}')
    assert (found.thing_id, found.name, found.day, found.many) == (7, "Emma", date(2026, 11, 22), [1])
    assert found.state is WantState.REVIEW


async def test_what_stands_in_the_path_is_not_said_again() -> None:
    with pytest.raises(Unfit, match="thing_id stands in the path already"):
        await PUT.reads(body=b'{"thing_id": 7}')
    with pytest.raises(Unfit, match="thing_id stands in the path already"):
        await GET.reads(query="?thing_id=7")


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1]", b'"text"', b"null", b"\xff", b'{"share": NaN}', b'{"share": Infinity}', b"[" * 100_000],
)
async def test_what_is_no_json_object_is_no_request(body: bytes) -> None:
    with pytest.raises(BadRequest):
        await PUT.reads(body=body)


async def test_a_body_that_is_nested_without_end_is_refused_in_words() -> None:
    body = b'{"rest": {"a":' + b"[" * 900 + b"]" * 900 + b"}}"
    with pytest.raises(Refusal):
        await PUT.reads(body=body)


async def test_what_belongs_into_the_body_is_not_overlooked_in_the_query() -> None:
    with pytest.raises(Unfit, match="count belongs into the body"):
        await PUT.reads(query="?count=5", body=b"{}")


async def test_a_number_without_a_fraction_is_whole() -> None:
    found = await PUT.reads(body=b'{"count": 2.0, "share": 2.0, "many": [1e1]}')
    assert (found.count, found.share, found.many) == (2, 2.0, [10])
    with pytest.raises(Unfit):
        await PUT.reads(body=b'{"share": 1e999}')


@pytest.mark.parametrize("key", ["", "a b", "a" * 201, "ä"])
def test_a_key_that_could_not_be_kept_is_refused(key: str) -> None:
    request = make_mocked_request("PUT", "/api/things/7", headers={"Idempotency-Key": key})
    with pytest.raises(Unfit, match="Idempotency-Key"):
        idempotency_key(request, Operation("PUT", "/{thing_id}", _nothing, Sent, Sent, "things"))

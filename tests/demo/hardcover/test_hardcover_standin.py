"""The stand-in for Hardcover is as strict as the real one, and as odd."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.hardcover import HardcoverStandIn, hardcover_catalogue
from audiobook_daemon.demo.hardcover.document import BadQuery, read_document
from audiobook_daemon.demo.works import known_works

Json = Any  # what a JSON text may hold
Ask = Callable[..., Awaitable[tuple[int, Json]]]
TOKEN = "t0ken"
SEARCH = "query Find($q: String!, $t: String) { search(query: $q, query_type: $t) { ids results } }"


@pytest.fixture
async def hardcover() -> AsyncIterator[HardcoverStandIn]:
    async with HardcoverStandIn(hardcover_catalogue(known_works(), date(2026, 3, 1)), token=TOKEN) as stand_in:
        yield stand_in


@pytest.fixture
async def ask(hardcover: HardcoverStandIn) -> AsyncIterator[Ask]:
    async with aiohttp.ClientSession() as client:

        async def send(query: str, *, authorization: str = f"Bearer {TOKEN}", **variables: object) -> tuple[int, Json]:
            headers = {"Authorization": authorization} if authorization else {}
            body = {"query": query, "variables": variables}
            async with client.post(f"{hardcover.url}/v1/graphql", json=body, headers=headers) as answer:
                return answer.status, await answer.json()

        yield send


async def rows(ask: Ask, query: str, **variables: object) -> list[Json]:
    status, body = await ask(query, **variables)
    assert status == 200, body
    (found,) = body["data"].values()
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("authorization", "status", "told"),
    [
        ("", 200, "Malformed Authorization header"),
        (TOKEN, 200, "Malformed Authorization header"),
        ("Bearer wrong", 401, "invalid_token"),
        (f"bearer {TOKEN}", 200, '"data"'),
    ],
)
async def test_only_a_token_with_its_word_is_let_in(ask: Ask, authorization: str, status: int, told: str) -> None:
    answer = await ask("{ books(limit: 1) { id } }", authorization=authorization)
    assert answer[0] == status
    assert told in json.dumps(answer[1])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("{ books { name } }", "field 'name' not found in type: 'books'"),
        ("{ works { id } }", "field 'works' not found in type: 'query_root'"),
        ('{ books(where: {title: {_ilike: "x%"}}) { id } }', "_ilike"),
        ('{ books(where: {titel: {_eq: "x"}}) { id } }', "'titel' not found"),
        ("{ books(first: 3) { id } }", "no argument named 'first'"),
        ("{ books(limit: 1) { contributions } }", "missing selection set"),
        ("{ books { id }", "expected"),
        ("mutation { books { id } }", "unexpected 'mutation'"),
        ("{ books { id } } }", "after the query"),
        ("{ b%oks }", "unexpected '%'"),
        ('{ search(query: "x", query_type: "Shelf") { ids } }', "query_type"),
    ],
)
async def test_what_is_not_understood_is_an_error_with_status_200(ask: Ask, query: str, told: str) -> None:
    status, body = await ask(query)
    assert status == 200
    assert told in body["errors"][0]["message"]


async def test_too_many_questions_in_one_are_refused(ask: Ask) -> None:
    four = " ".join(f"{table}(limit: 1) {{ id }}" for table in ("books", "editions", "series", "authors"))
    five = f"{{ {four} me {{ id }} }}"
    assert (await ask(five))[0] == 200
    assert (await ask(five[:-1] + "list_books { book_id } }"))[1]["error"] == "top_level_limit_exceeded"
    two = '{ search(query: "x") { ids } search(query: "y") { ids } }'
    assert (await ask(two))[1]["error"] == "top_level_limit_exceeded"


async def test_limits_are_told_and_kept(hardcover: HardcoverStandIn, ask: Ask) -> None:
    hardcover.minute, hardcover.quota = 2, 100
    await ask("{ books(limit: 1) { id } me { id } }")
    assert (hardcover.minute, hardcover.quota) == (0, 98)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        answer = await client.post(f"{hardcover.url}/v1/graphql", json={"query": "{ me { id } }"})
        assert (answer.status, answer.headers["Retry-After"]) == (429, "42")
        assert answer.headers["RateLimit"] == '"Free";r=0;t=42, "daily";r=98;t=43200'
        assert '"daily";q=5000;w=86400' in answer.headers["RateLimit-Policy"]


async def test_scopes_and_time_outs(hardcover: HardcoverStandIn, ask: Ask) -> None:
    hardcover.scopes, hardcover.timeouts = {"books"}, 1
    assert (await ask("{ me { id } }"))[1] | {"error_description": ""} == {
        "error": "insufficient_scope",
        "error_description": "",
        "scope": "library",
    }
    assert [(await ask("{ books(limit: 1) { id } }"))[0] for _ in range(2)] == [408, 200]


async def test_every_other_search_is_an_encoded_text(ask: Ask) -> None:
    plain, encoded = [(await ask(SEARCH, q="glass ferry"))[1]["data"]["search"] for _ in range(2)]
    first = plain["results"]["hits"][0]["document"]
    second = json.loads(encoded["results"])["hits"][0]["document"]
    assert (first["id"], second["id"]) == (plain["ids"][0], str(plain["ids"][0]))
    assert (first["compilation"], second["compilation"]) == (False, "false")


async def test_narrators_stand_first_and_authors_have_no_role(ask: Ask) -> None:
    (hit, *_) = (await ask(SEARCH, q="glass ferry"))[1]["data"]["search"]["results"]["hits"]
    document = hit["document"]
    assert document["author_names"] == ["Nora Whitlock", "Ilse Marten"]
    assert [one["contribution"] for one in document["contributions"]] == ["Narrator", None]


async def test_a_series_holds_doublets_parts_and_compilations(ask: Ask) -> None:
    query = """query S($n: String!) { book_series(where: {series: {name: {_eq: $n}}}, order_by: [{position: asc},
        {book: {users_count: desc}}]) { position details book { title compilation canonical_id users_count } } }"""
    found = await rows(ask, query, n="The Lantern Archive")
    assert [row["position"] for row in found] == sorted(row["position"] for row in found)
    first = [row for row in found if row["position"] == 1.0]
    assert [row["book"]["users_count"] for row in first] == sorted(
        (row["book"]["users_count"] for row in first), reverse=True
    )
    assert {row["details"] for row in first} == {"1", "1-3"}
    assert any(row["book"]["compilation"] for row in first)
    assert any(row["book"]["canonical_id"] for row in first)
    distinct = query.replace("order_by:", "distinct_on: position, order_by:")
    assert len(await rows(ask, distinct, n="The Lantern Archive")) == len({row["position"] for row in found})


async def test_parts_are_marked(ask: Ask) -> None:
    found = await rows(ask, "{ books(where: {is_partial_book: {_eq: true}}) { title is_partial_book } }")
    assert [row["title"][-6:] for row in found] == ["Part 1", "Part 2"]


async def test_pages_do_not_overlap(ask: Ask) -> None:
    query = "query P($o: Int!) { books(order_by: [{id: asc}], limit: 10, offset: $o) { id } }"
    first, second = [await rows(ask, query, o=offset) for offset in (0, 10)]
    assert len(first) == 10
    assert max(row["id"] for row in first) < min(row["id"] for row in second)


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ('{_or: [{title: {_eq: "Ozma of Oz"}}, {title: {_eq: "Nobody"}}]}', 1),
        ("{_not: {id: {_gt: 0}}}", 0),
        ('{editions: {reading_format_id: {_eq: 2}}, title: {_eq: "Ozma of Oz"}}', 1),
        ('{title: {_neq: "Ozma of Oz"}, book_series: {series: {name: {_eq: "Oz"}}, position: {_eq: 3}}}', 0),
        ("{canonical_id: {_is_null: false}, id: {_in: []}}", 0),
    ],
)
async def test_conditions_are_kept(ask: Ask, where: str, count: int) -> None:
    assert len(await rows(ask, f"{{ books(where: {where}) {{ id }} }}")) == count


def test_variables_and_comments_are_read() -> None:
    (field,) = read_document('# who\nquery Q($n: Int!) { a(b: [$n, -1.5, "x\\"y", RED, true, null]) { c } }', {"n": 3})
    assert field.arguments == {"b": [3, -1.5, 'x"y', "RED", True, None]}
    with pytest.raises(BadQuery):
        read_document("{ a { }", {})


async def test_a_body_that_is_no_question_is_refused(hardcover: HardcoverStandIn) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        for body in (b"", b"[]", b'{"query": 3}', b"{"):
            answer = await client.post(f"{hardcover.url}/v1/graphql", data=body)
            assert (answer.status, await answer.json()) == (400, {"error": "invalid_query"})

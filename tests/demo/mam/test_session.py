from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.mam import DeadSession, MamStandIn
from audiobook_daemon.demo.mam.session import ASN_MISMATCH, IP_MISMATCH

if TYPE_CHECKING:
    from tests.demo.mam.conftest import Books, Member

Sample = Callable[[str], Any]
SEARCH = "/tor/js/loadSearchJSONbasic.php"
DOWNLOAD = "/tor/download.php"


async def test_every_accepted_call_hands_out_a_new_value(member: Member, site: MamStandIn, books: Books) -> None:
    values = [(await member.get(path)).cookie for path in (SEARCH, "/jsonLoad.php", "/json/checkCookie.php")]
    values.append((await member.download(books.alice.id)).cookie)
    values.append((await member.download(1)).cookie)
    assert None not in values
    assert len(set(values)) == 5
    assert all(value is not None and value.startswith("seed%2Bvalue") for value in values)
    assert values[-1] == site.session.value


async def test_a_stale_value_is_refused_with_a_sentence(member: Member) -> None:
    old = member.cookie
    await member.get(SEARCH)
    fresh, member.cookie = member.cookie, old
    answer = await member.get(SEARCH)
    assert (answer.status, answer.text) == (403, "Invalid session - Invalid Cookie")
    assert answer.cookie is None
    member.cookie = fresh
    assert (await member.get(SEARCH)).status == 200


async def test_a_decoded_value_is_refused(member: Member) -> None:
    member.cookie = "seed+value"
    assert (await member.get(SEARCH)).status == 403


async def test_grace_accepts_the_value_before_but_no_older_one(member: Member, site: MamStandIn) -> None:
    site.session.grace = True
    first = member.cookie
    await member.get(SEARCH)
    second = member.cookie
    member.cookie = first
    assert (await member.get(SEARCH)).status == 200
    assert member.cookie not in {first, second}
    member.cookie = first
    assert (await member.get(SEARCH)).status == 403


async def test_an_ended_session_is_deleted(member: Member, site: MamStandIn) -> None:
    site.session.end()
    answer = await member.get(SEARCH)
    assert (answer.status, answer.text, answer.cookie) == (403, "Invalid session", "deleted")


async def test_a_foreign_address_is_refused_without_losing_the_session(member: Member, site: MamStandIn) -> None:
    site.session.mismatch = IP_MISMATCH
    assert (await member.get(SEARCH)).text == "Invalid session - IP mismatch"
    site.session.mismatch = None
    assert (await member.get(SEARCH)).status == 200


@pytest.mark.parametrize(
    ("style", "status", "fragment"),
    [
        (DeadSession.SENTENCE, 403, "Invalid session - Invalid Cookie"),
        (DeadSession.STYLED_PAGE, 403, "<p>Invalid session - Invalid Cookie</p>"),
        (DeadSession.LOGIN_PAGE, 200, '<form action="/takelogin.php"'),
        (DeadSession.EMPTY, 200, ""),
        (DeadSession.REDIRECT, 302, ""),
        (DeadSession.NOT_SIGNED_IN, 200, "you are not signed in"),
    ],
)
@pytest.mark.parametrize("path", [SEARCH, f"{DOWNLOAD}?tid=900101", "/jsonLoad.php"])
async def test_a_dead_session_shows_in_many_ways(
    member: Member, site: MamStandIn, style: DeadSession, status: int, fragment: str, path: str
) -> None:
    site.session.answered = style
    member.cookie = "wrong"
    answer = await member.get(path)
    assert answer.status == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert fragment in answer.text
    assert bool(answer.body) == bool(fragment)
    if style is DeadSession.REDIRECT:
        returnto = path.partition("?")[0].replace("/", "%2F")
        assert answer.headers["Location"] == f"/login.php?returnto={returnto}"
        assert "<form" in (await member.get(answer.headers["Location"])).text


@pytest.mark.parametrize(
    ("style", "mismatch", "name"),
    [
        (DeadSession.REDIRECT, None, "redirect to login"),
        (DeadSession.SENTENCE, None, "403 plain sentence, cookie dead"),
        (DeadSession.SENTENCE, IP_MISMATCH, "403 IP mismatch"),
        (DeadSession.STYLED_PAGE, ASN_MISMATCH, "403 HTML with style block"),
        (DeadSession.NOT_SIGNED_IN, None, "not signed in fragment"),
    ],
)
async def test_refusals_are_those_of_the_samples(
    member: Member, site: MamStandIn, sample: Sample, style: DeadSession, mismatch: str | None, name: str
) -> None:
    site.session.answered, site.session.mismatch = style, mismatch
    member.cookie = "wrong"
    expected = next(case["response"] for case in sample("http_failures.json") if case["name"] == name)
    answer = await member.get(SEARCH)
    assert (answer.status, answer.text) == (expected["status"], expected["body"])
    assert answer.headers.get("Location") == expected["headers"].get("Location")


async def test_a_replaced_answer_does_not_rotate_but_a_spoilt_one_does(member: Member, site: MamStandIn) -> None:
    before = site.session.value
    site.faults.next(Fault.BAD_GATEWAY)
    assert (await member.get(SEARCH)).cookie is None
    assert site.session.value == before
    site.faults.next(Fault.TRUNCATED)
    spoilt = await member.get(SEARCH)
    assert spoilt.cookie == site.session.value != before
    with pytest.raises(ValueError, match=r"."):
        _ = spoilt.json


async def test_the_session_survives_a_restart(member: Member, site: MamStandIn) -> None:
    await member.get(SEARCH)
    await site.stop()
    await site.start()
    assert (await member.get(SEARCH)).status == 200

"""Prometheus is told what there is, in its own formats."""

from __future__ import annotations

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain
from tests.core.web.conftest import KEY, Served

from audiobook_daemon.models import Book, Wish

OPEN = "application/openmetrics-text; version=1.0.0"


async def _scraped(served: Served, accept: str) -> tuple[str, str]:
    sent = {"Authorization": f"Bearer {KEY}", "Accept": accept}
    async with served.session.get(f"{served.address}/metrics", headers=sent) as answer:
        assert answer.status == 200
        return await answer.text(), answer.headers["Content-Type"]


@pytest.mark.parametrize(("accept", "parse"), [("*/*", plain), (OPEN, openmetrics)])
async def test_figures_can_be_read_in_either_format(served: Served, accept: str, parse: object) -> None:
    await served.daemon.database.wants.add("emma", Wish(Book("Emma")))
    served.daemon.transport.tally.count("service", 'a "quoted"\nname', failed=True)
    await served.asks("GET", "/api/wants/99")
    await served.asks("GET", "/api/no/such/place")
    text, content_type = await _scraped(served, accept)
    assert content_type.startswith(accept.partition(";")[0].replace("*/*", "text/plain"))
    assert callable(parse)
    samples = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in parse(text)
        for sample in family.samples
    }
    assert samples["audiobook_daemon_wants", ("state", "wanted")] == 1
    assert samples["audiobook_daemon_library_books",] == 0
    assert samples["audiobook_daemon_service_failures_total", ("service", 'a "quoted"\nname')] == 1
    refused = (("method", "GET"), ("route", "/api/wants/{want_id}"), ("status", "404"))
    assert samples["audiobook_daemon_http_requests_total", *refused] == 1
    assert any(value and name == "process_start_time_seconds" for (name, *_), value in samples.items())


async def test_requests_are_counted_by_route_and_never_by_what_somebody_has_typed(served: Served) -> None:
    for number in range(1, 51):
        await served.asks("GET", f"/api/wants/{number}")
        await served.asks("GET", f"/api/typed/{number}")
    async with served.session.request("PROPFIND", f"{served.address}/api/wants/1") as answer:
        assert answer.status in {401, 404, 405}
    text, _ = await _scraped(served, "*/*")
    lines = [line for line in text.splitlines() if line.startswith("audiobook_daemon_http_requests_total{")]
    assert len(lines) == 3
    assert any('method="other"' in line for line in lines)
    took = 'audiobook_daemon_http_request_duration_seconds_count{route="/api/wants/{want_id}"} 50.0'
    assert took in text.splitlines()
    keys = [line for line in text.splitlines() if line.startswith("audiobook_daemon_key_calls_total{")]
    assert len(keys) == 1

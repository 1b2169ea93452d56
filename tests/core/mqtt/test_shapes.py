"""Every document and event against its shape."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter
from tests.core.mqtt.conftest import NOW
from tests.reference.examples import example_documents, example_happenings
from tests.reference.keys import keys_of

from audiobook_daemon.doors import DaemonInfo, FinishedDownloads, LastAdded, LibraryCounts, Versions
from audiobook_daemon.models import Book, Health, InstanceStatus, JobStatus, Run, Want, WantState, Wish
from audiobook_daemon.mqtt import documents, topics
from audiobook_daemon.mqtt.happenings import KINDS, Happening
from audiobook_daemon.mqtt.payloads import Document, encoded
from audiobook_daemon.mqtt.topics import TOPICS, Topic

SHAPES = [topic.shape for topic in TOPICS if topic.shape] + [kind.shape for kind in KINDS]
METHODS = {"items", "keys", "values", "get", "pop", "copy", "update", "clear"}
BARE: dict[Topic, Document] = {
    topics.INFO: documents.info_document(DaemonInfo("", NOW), [], [], node_id="", commands=[]),
    topics.STATE: documents.state_document([], []),
    topics.JOB: documents.job_document(JobStatus("x", "* * * * *", ())),
    topics.PROGRESS: documents.progress_document(Run("1", "x", "cli", NOW), 0, None, ""),
    topics.SERVICE: documents.service_document(InstanceStatus("x", "x", (), Health.STARTING)),
    topics.TRACKER: documents.tracker_document("x", None),
    topics.WANTS: documents.wants_document({}),
    topics.APPROVALS: documents.approvals_document(1, [Want(8, "x", Wish(Book("X")), WantState.REVIEW, 1)]),
    topics.DOWNLOADS: documents.downloads_document([], FinishedDownloads()),
    topics.LIBRARY: documents.library_document(LibraryCounts(last_added=LastAdded("X"))),
    topics.SETTINGS: documents.settings_document({}, (), paused=False),
    topics.UPDATE: documents.update_document(Versions("1", "1")),
}


def fits(shape: type, document: Document) -> None:
    TypeAdapter(shape).validate_json(encoded(document, str), strict=True)


@pytest.mark.parametrize("topic", example_documents(), ids=lambda topic: topic.path)
def test_a_document_fits_its_shape_whatever_is_known(topic: Topic) -> None:
    assert topic.shape
    fits(topic.shape, example_documents()[topic])
    fits(topic.shape, BARE[topic])


@pytest.mark.parametrize("happening", example_happenings(), ids=lambda one: one.kind.event_type)
def test_an_event_fits_its_shape_and_names_its_kind(happening: Happening) -> None:
    fits(happening.kind.shape, happening.document)
    assert happening.document["event_type"] == happening.kind.event_type
    assert topics.is_level(happening.kind.category)
    assert topics.is_level(happening.kind.action)


def test_events_of_every_shape_have_an_example() -> None:
    assert {one.kind.shape for one in example_happenings()} == {kind.shape for kind in KINDS}
    assert len({kind.event_type for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_key_says_what_it_means_and_can_be_read_in_a_template(shape: type) -> None:
    for key in keys_of(shape):
        assert key.meaning.endswith((".", "`).")), key
        name = key.path.rpartition(".")[2]
        assert name not in METHODS
        assert name == name.lower()


def test_what_a_shape_does_not_know_or_misses_is_found() -> None:
    assert topics.WANTS.shape
    adapter = TypeAdapter(topics.WANTS.shape)
    good = dict(documents.wants_document({}))
    with pytest.raises(ValueError, match="extra_forbidden"):
        adapter.validate_json(json.dumps(good | {"more": 1}))
    del good["open"]
    with pytest.raises(ValueError, match="missing"):
        adapter.validate_json(json.dumps(good))

"""Mistakes of a section are found before anything is sent, at their place, and no address is repeated in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from audiobook_plugins.notify.config import NotifyConfig, Templates
from audiobook_plugins.notify.kinds import Kind
from audiobook_plugins.notify.samples import sample_of
from audiobook_plugins.notify.templates import mistake_in
from audiobook_plugins.notify.wording import BODIES, LINES, SUMMARY, TITLES

SECRET = "T0ken-nobody-may-see"
URL = f"tgram://{SECRET}/chat"


def mistake(**section: Any) -> tuple[str, str]:  # noqa: ANN401
    """The place and the text of the one mistake in a section."""
    with pytest.raises(ValidationError) as caught:
        NotifyConfig.model_validate({"urls": [URL]} | section)
    assert SECRET not in str(caught.value)
    (error,) = caught.value.errors()
    return ".".join(map(str, error["loc"])), error["msg"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ titel }}", "line 1 of the template: there is no 'titel'; did you mean 'title'?"),
        ("All is well.\n{{ candidate }}", "line 2 of the template: there is no 'candidate'; did you mean 'candidates'"),
        ("{% if %}", "line 1 of the template: Expected an expression"),
        ("one\ntwo\n{% for one in candidates %}\n{{ one.naem }}{% endfor %}", "line 4 of the template"),
        ("{{ title + 1 }}", "line 1 of the template"),
        ("{{ 1 / 0 }}", "line 1 of the template: division by zero"),
        ("{{ title.__class__.__mro__ }}", "line 1 of the template"),
        ("{{ range(5) }}", "line 1 of the template: there is no 'range'"),
        ("{{ title|shout }}", "No filter named 'shout'"),
        ("x" * 10_001, "longer than 10000 characters"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(template: str, said: str) -> None:
    place, text = mistake(templates={"review": {"body": template}})
    assert place == "templates.review.body"
    assert said in text


@pytest.mark.parametrize("kind", [*Kind, SUMMARY])
def test_the_usual_wording_of_every_kind_is_sound(kind: str) -> None:
    worded: tuple[dict[Any, str], ...] = (TITLES, BODIES, LINES)
    for texts in worded:
        if kind in texts:
            assert mistake_in(texts[kind], sample_of(kind)) is None
    assert Templates().of(kind).kind == kind


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("dbus", "a daemon has none"),
        ("KDE", "a daemon has none"),
        ("macosx", "a daemon has none"),
        ("windows", "a daemon has none"),
        ("syslog", "the log of this machine"),
        ("blink1", "a lamp"),
        ("file", "write the addresses themselves"),
    ],
)
def test_what_acts_on_this_machine_is_no_service(scheme: str, said: str) -> None:
    place, text = mistake(urls=[URL, f"{scheme}://{SECRET}"])
    assert place == "urls"
    assert f"address 2: {scheme.lower()}:// " in text
    assert said in text


@pytest.mark.parametrize(
    ("section", "place", "said"),
    [
        ({"urls": [SECRET]}, "urls", "address 1: write the address of a service"),
        ({"urls": []}, "urls", "at least 1 item"),
        ({"urls": [URL, URL]}, "urls", "stands here twice"),
        ({"events": ["shelfed"]}, "events.0", "'shelved'"),
        ({"quiet_hours": "at night"}, "quiet_hours", "22:00-07:00"),
        ({"digest": "sometimes"}, "digest", "daily at 19:00"),
        ({"events": ["shelved"], "urgent": ["tracker"]}, "", "urgent names tracker, which is not among the events"),
        ({"timeout": 0}, "timeout", "greater than or equal to 1"),
    ],
)
def test_a_mistake_in_the_section_is_told(section: dict[str, Any], place: str, said: str) -> None:
    found = mistake(**section)
    assert found[0] == place
    assert said in found[1]


def test_a_section_shows_no_address() -> None:
    config = NotifyConfig.model_validate(
        {"urls": [URL], "quiet_hours": "22:00-07:00", "digest": "weekly on sunday at 19:00"}
    )
    for text in (
        repr(config),
        str(config),
        config.model_dump_json(),
        repr(config.addresses()),
        str(config.addresses()),
    ):
        assert SECRET not in text
    shown = json.loads(config.model_dump_json())
    assert (shown["quiet_hours"], shown["digest"]) == ("22:00-07:00", "weekly on sunday at 19:00")
    assert str(config.addresses()[0]) == "address 1 (tgram://)"
    assert NotifyConfig.model_json_schema()["properties"]["templates"]

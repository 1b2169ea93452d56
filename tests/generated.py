"""Writes the generated files anew, or tells with --check which are out of date."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from tests.corpora.table import table
from tests.reference.api import collection, operations_page, promised_page, statuses_page
from tests.reference.asking import actions_page, answers_page, command_table, commands_page
from tests.reference.entities import entities_page
from tests.reference.pages import documents_page, events_page, topics_page

from audiobook_daemon.config import Surroundings, render_example, render_schema, render_secrets
from audiobook_daemon.daemon import catalogue_of
from audiobook_daemon.host import PluginTypes

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config"
MATCHING = ROOT / "docs" / "matching.md"
MQTT = ROOT / "docs" / "mqtt.md"
API = ROOT / "docs" / "api.md"
COLLECTION = ROOT / "docs" / "audiobook-daemon.postman_collection.json"


def generated() -> dict[Path, str]:
    return {
        CONFIG / "schema.json": render_schema(catalogue_of(PluginTypes())),
        CONFIG / "audiobook-daemon.yaml": render_example(Surroundings()),
        CONFIG / "secrets.example.yaml": render_secrets(None),
        MATCHING: _filled(MATCHING.read_text("utf-8"), {"figures": table()}),
        MQTT: _filled(MQTT.read_text("utf-8"), _mqtt()),
        API: _filled(API.read_text("utf-8"), _api()),
        COLLECTION: collection(),
    }


def _mqtt() -> dict[str, str]:
    return {
        "topics": topics_page(),
        "documents": documents_page([command.pattern for command in command_table()]),
        "events": events_page(),
        "commands": commands_page(),
        "answers": answers_page(),
        "actions": actions_page(),
        "entities": entities_page(),
    }


def _api() -> dict[str, str]:
    return {"statuses": statuses_page(), "promised": promised_page(), "operations": operations_page()}


def _filled(text: str, parts: Mapping[str, str]) -> str:
    """Put each part between its two marks, in place of what stands there."""
    for name, part in parts.items():
        begin, end = f"<!-- {name} begin -->\n", f"<!-- {name} end -->\n"
        if not 0 <= text.find(begin) < text.find(end):
            raise ValueError(f"There is no place for the part {name!r}.")
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}{part}{end}{after}"
    return text


def main() -> int:
    files = generated()
    if "--check" not in sys.argv:
        for path, text in files.items():
            path.write_text(text, "utf-8")
        return 0
    old = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in old:
        print(f"{path.name} is out of date; run: make generated", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())

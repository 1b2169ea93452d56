"""Writes the generated files anew, or tells with --check which are out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.corpora.table import table

from audiobook_daemon.config import Surroundings, render_example, render_schema, render_secrets
from audiobook_daemon.daemon import catalogue_of
from audiobook_daemon.host import PluginTypes

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config"
MATCHING = ROOT / "docs" / "matching.md"
BEGIN, END = "<!-- figures begin -->\n", "<!-- figures end -->\n"


def generated() -> dict[Path, str]:
    return {
        CONFIG / "schema.json": render_schema(catalogue_of(PluginTypes())),
        CONFIG / "audiobook-daemon.yaml": render_example(Surroundings()),
        CONFIG / "secrets.example.yaml": render_secrets(None),
        MATCHING: _with_figures(MATCHING.read_text("utf-8")),
    }


def _with_figures(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


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

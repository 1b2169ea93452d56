"""Commands that act: through a running daemon if there is one, else with one put together for the moment.

The latter is imported when there is none to be asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from audiobook_daemon.cli.asking import Answer, answer_of
from audiobook_daemon.cli.printing import cell, console, print_json, print_table, progress_bar, say
from audiobook_daemon.control import NotRunning
from audiobook_daemon.errors import AudiobookDaemonError

_SIGNS = {"ok": "[green]ok[/]", "warning": "[yellow]look[/]", "failure": "[red]wrong[/]"}

_SAID_ALREADY = 2
"""Id and state of a want: the sentence names them."""


def act(path: Path, action: str, words: Sequence[str], *, as_json: bool) -> int:
    """Run an action and print what came of it."""
    needed = _only_required(action) if words and not words[0].startswith("-") else None
    arguments = read_arguments(words, needed)
    return _print(ask(path, {"action": action, "arguments": arguments}, as_json=as_json), as_json=as_json)


def run_job(path: Path, job: str, *, as_json: bool) -> int:
    """Run a job and print what came of it."""
    return _print(ask(path, {"job": job}, as_json=as_json), as_json=as_json)


def doctor(path: Path, *, as_json: bool) -> int:
    """Run the doctor and print the findings, the worst ones with their remedies."""
    answer = ask(path, {"action": "doctor", "arguments": {}}, as_json=as_json)
    if as_json:
        print_json(answer["data"])
    else:
        findings = answer["data"] if isinstance(answer["data"], list) else []
        for finding in findings:
            console.print(f"{_SIGNS[finding['level']]}  ", end="")
            say(f"{finding['what']}: {finding['text']}")
            if finding["remedy"]:
                say(f"      {finding['remedy']}", style="bold")
        say(str(answer["summary"]))
    return 1 if answer["failed"] else 0


def read_arguments(words: Sequence[str], first: str | None = None) -> dict[str, object]:
    """Read `--limit 5 --dry-run --only top10 --only lists` into arguments; a repeated one becomes a list.

    `first` is the argument whose name may be left out when its value comes first, as in `do accept 3`.
    """
    found: dict[str, object] = {}
    rest = list(words)
    if first and rest and not rest[0].startswith("-"):
        found[first] = rest.pop(0)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            raise AudiobookDaemonError(f"{word!r} is no argument; write --name value.")
        name, equals, value = word[2:].partition("=")
        if not equals:
            value = rest.pop(0) if rest and not rest[0].startswith("--") else "true"
        name = name.replace("-", "_")
        before = found.get(name)
        if before is None:
            found[name] = value
        else:
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
    return found


def _only_required(action: str) -> str | None:
    from audiobook_daemon.daemon import declared  # noqa: PLC0415

    fields = declared()[action].model_fields if action in declared() else {}
    required = [name for name, field in fields.items() if field.is_required()]
    return required[0] if len(required) == 1 else None


def ask(path: Path, question: Mapping[str, object], *, as_json: bool) -> Answer:
    """Let an action or a job run, in the daemon if one runs, and return what came of it."""
    with progress_bar(wanted=not as_json) as progress:
        with suppress(NotRunning):
            return answer_of(path, question, progress)
        from audiobook_daemon.cli.alone import answer_alone  # noqa: PLC0415

        return asyncio.run(answer_alone(path, question, progress))


def _print(answer: Answer, *, as_json: bool) -> int:
    if as_json:
        print_json(answer)
    else:
        say(str(answer["summary"]))
        rows = answer["data"]
        if isinstance(rows, list) and rows and all(isinstance(row, Mapping) for row in rows):
            columns = list(rows[0])
            print_table(columns, [[cell(row.get(column)) for column in columns] for row in rows], empty="")
        elif isinstance(rows, Mapping) and isinstance(steps := rows.get("steps"), list):
            for step in steps:
                say(f"  {step}")
        elif isinstance(rows, Mapping) and len(rows) > _SAID_ALREADY:
            known = [[str(key), cell(value)] for key, value in rows.items() if value is not None]
            print_table(["", ""], known, empty="")
    return 1 if answer["outcome"] == "failed" else 0

"""Completion in a real shell: what is offered, that no daemon is needed, and that it is quick the second time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audiobook_daemon.cli import main, names
from audiobook_daemon.daemon import declared

ASK = """
eval "$(audiobook-daemon completion bash)"
complete -p audiobook-daemon >/dev/null || exit 3
while IFS= read -r line; do
    eval "COMP_WORDS=($line)"
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
    _audiobook_daemon_completion audiobook-daemon
    echo "${COMPREPLY[*]}"
done
"""
"""What a shell does at the tabulator key, once for each line."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where names are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "audiobook-daemon"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with the program as it is installed, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    start = "import sys; sys.argv[0] = 'audiobook-daemon'; from audiobook_daemon.cli import main; main()"
    (folder / "audiobook-daemon").write_text(f'#!/bin/sh\nexec {sys.executable} -c "{start}" "$@"\n')
    (folder / "audiobook-daemon").chmod(0o755)
    return folder


def test_bash_completes_commands_options_and_names(config: Path, cache: Path, program: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        assert "CI" not in os.environ, "bash is needed here"
        pytest.skip("there is no bash")
    names.names(config)
    assert [file.stat().st_mode & 0o077 for file in cache.iterdir()] == [0], "it is nobody else's business"
    us = f"audiobook-daemon -c {config} "
    asked = {
        "audiobook-daemon bl": ["block", "blocklist"],
        "audiobook-daemon completion ": ["bash", "zsh", "fish"],
        "audiobook-daemon downloads --state d": ["downloading"],
        f"{us}wants --se": ["--search"],
        f"{us}do mam.acc": ["mam.account"],
        f"{us}do give": ["give_up"],
        f"{us}do choose --": ["--limit", "--dry-run", "--help", "--json"],
        f"{us}do choose --limit ": [],
        f"{us}jobs run ": ["hunt", "weekly", "resting", "gone"],
        f"{us}pause h": ["hunt"],
        f"{us}retry ": ["top10", "mam"],
        f"{us}runs --of re": ["replay", "reject", "retry_download", "revive", "refuse_merge", "recount", "resume"],
        f"{us}set auto_grab": ["auto_grab.top10"],
    }
    environment = {**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}"}
    told = subprocess.run(
        [bash, "--norc", "--noprofile", "-c", ASK],
        input="".join(f"{line}\n" for line in asked),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (told.returncode, told.stderr) == (0, "")
    offered = [line.split() for line in told.stdout.splitlines()]
    wrong = {line: now for (line, right), now in zip(asked.items(), offered, strict=True) if set(right) - set(now)}
    assert wrong == {}
    assert [now for now, right in zip(offered, asked.values(), strict=True) if not right] == [[]]
    assert offered[0] == ["block", "blocklist"]
    assert "spare" not in offered[10], "it is switched off"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str) -> None:
    told = CliRunner().invoke(main, ["completion", shell], prog_name="other")
    assert told.exit_code == 0
    assert f"_AUDIOBOOK_DAEMON_COMPLETE={shell}_complete" in told.stdout
    assert "audiobook-daemon" in told.stdout


@pytest.mark.usefixtures("cache")
def test_names_are_read_again_when_the_configuration_has_changed_and_only_then(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def reading(path: Path) -> names.Names:
        read.append(path)
        return names.Names(jobs=[str(len(read))])

    monkeypatch.setattr(names, "_read", reading)
    assert [names.names(config).jobs, names.names(config).jobs] == [["1"], ["1"]]
    config.write_text(config.read_text() + "\n# more\n")
    assert [names.names(config).jobs, names.names(config).jobs] == [["2"], ["2"]]
    names.names(config.with_name("other.yaml"))
    assert len(read) == 3


def test_what_was_kept_and_makes_no_sense_or_is_old_is_read_again(config: Path, cache: Path) -> None:
    new = names.names(config)
    (kept,) = cache.iterdir()
    for broken in ("", "[]", "{}", '{"of": 1}', "\x00", '{"of": null, "names": {"odd": 1}}'):
        kept.write_text(broken)
        assert names.names(config) == new
    told = json.loads(kept.read_text())
    kept.write_text(json.dumps(told | {"names": {**told["names"], "jobs": ["old"]}}))
    assert names.names(config).jobs == ["old"]
    os.utime(kept, (1, 1))
    assert names.names(config).jobs == new.jobs


@pytest.mark.usefixtures("cache")
def test_names_are_offered_without_secrets_and_with_mistakes_in_the_file(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAM_SESSION")
    config.write_text(config.read_text().replace("limit: 5", "limit: many") + "odd: true\n")
    found = names.names(config)
    assert found.jobs == ["hunt", "weekly", "resting", "gone"]
    assert found.instances == ["top10", "mam"]
    assert "mam.account" in found.actions


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("text", ["jobs: [", None], ids=["broken", "not there"])
def test_without_a_configuration_the_daemon_s_own_actions_are_offered(config: Path, text: str | None) -> None:
    if text is None:
        config.unlink()
    else:
        config.write_text(text)
    found = names.names(config)
    assert (found.jobs, found.instances) == ([], [])
    assert set(found.actions) == {*declared(), "doctor"}


def test_a_home_that_cannot_be_written_to_costs_only_time(config: Path, cache: Path) -> None:
    cache.parent.write_text("a file where a folder should be")
    assert names.names(config).jobs == ["hunt", "weekly", "resting", "gone"]


def test_the_second_time_nothing_heavy_is_imported(config: Path, cache: Path) -> None:
    names.names(config)
    heavy = ("pydantic", "sqlalchemy", "aiohttp", "yaml", "rich", "asyncio")
    code = (
        "import sys\n"
        "from audiobook_daemon.cli import main\n"
        "try: main(prog_name='audiobook-daemon')\n"
        f"finally: print('heavy:', [name for name in {heavy!r} if name in sys.modules])"
    )
    environment = {
        **os.environ,
        "COMP_WORDS": f"audiobook-daemon -c {config} do mam.acc",
        "COMP_CWORD": "4",
        "_AUDIOBOOK_DAEMON_COMPLETE": "bash_complete",
    }
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=180
    )
    assert told.stdout.splitlines() == ["plain,mam.account", "heavy: []"]
    assert list(cache.iterdir()) != []

"""Whatever can be asked over HTTP or run by name can be asked for at the command line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from tests.core.cli.conftest import Invoke

from audiobook_daemon.actions import purpose_of
from audiobook_daemon.cli import main
from audiobook_daemon.cli.describing import describe
from audiobook_daemon.daemon import declared
from audiobook_daemon.web.api import all_operations

READING = {
    "list_books": "books",
    "search_books": "search",
    "list_incomplete_books": "incomplete",
    "list_books_of_series": "books --series",
    "get_book": "book",
    "list_book_corrections": "history",
    "get_book_facts": "facts",
    "check_book": "book",
    "list_newest_corrections": "history",
    "get_metadata_status": "incomplete",
    "count_corrections_by_source": "statistics",
    "list_incomplete_metadata": "incomplete",
    "list_corrections": "corrections",
    "get_correction": "corrections",
    "list_duplicates": "duplicates",
    "list_series": "series",
    "summarise_series": "statistics",
    "list_incomplete_series": "series --status",
    "get_series": "series",
    "get_series_completion": "series",
    "list_authors": "authors",
    "list_favourite_authors": "authors --favourites",
    "summarise_authors": "statistics",
    "get_author": "authors",
    "list_books_of_author": "authors",
    "get_author_completion": "authors",
    "list_gaps": "missing",
    "count_gaps": "statistics",
    "list_upcoming": "upcoming",
    "get_gap": "missing",
    "list_follows": "follows",
    "get_follow": "follows",
    "list_merges": "merges",
    "list_wants": "wants",
    "count_wants": "statistics",
    "get_want": "explain",
    "explain_want": "explain",
    "list_want_history": "events --want",
    "list_reviews": "review",
    "get_review": "review",
    "list_decisions": "decisions",
    "get_decision": "decisions",
    "list_downloads": "downloads",
    "list_pending_downloads": "downloads --state",
    "list_failed_downloads": "downloads --state",
    "list_due_downloads": "downloads --due",
    "get_download": "downloads",
    "get_download_progress": "downloads",
    "list_download_attempts": "failures --task",
    "list_failed_attempts": "failures",
    "list_blocked": "blocklist",
    "list_trash": "trash",
    "get_scheduler_status": "jobs",
    "list_tasks": "jobs",
    "get_task": "runs --of",
    "list_task_runs": "runs --of",
    "list_upcoming_tasks": "jobs upcoming",
    "get_scheduler_configuration": "jobs",
    "get_stats": "statistics",
    "get_library_status": "statistics",
    "get_download_stats": "statistics",
    "get_storage": "statistics",
    "get_api_usage": "usage",
    "get_system_health": "instances",
    "get_detailed_health": "doctor",
    "get_configuration": "configuration",
    "get_report": "report",
    "get_report_page": "report --format",
    "list_backups": "backups",
    "list_actions": "actions",
    "get_action": "do --help",
    "list_runs": "runs",
    "get_run": "runs",
    "list_instances": "instances",
    "get_instance": "instances",
    "list_trackers": "trackers",
    "list_settings": "settings",
    "follow_events": "events --follow",
    "list_events": "events",
    "list_keys": "keys list",
}
"""What is read over HTTP, and the command that tells the same."""
CHANGING = {
    "add_book": "do add_book",
    "edit_book": "do edit_book",
    "archive_book": "do archive_book",
    "choose_metadata_source": "do choose_source",
    "lock_book_field": "do lock",
    "correct_book": "correct",
    "correct_incomplete_books": "do metadata_incomplete",
    "correct_recent_books": "do metadata_new",
    "forget_old_corrections": "do forget_corrections",
    "undo_correction": "undo --correction",
    "undo_run_of_corrections": "undo --run",
    "undo_corrections_of_book": "undo --book",
    "ignore_duplicate": "do ignore_duplicate",
    "keep_copy": "do keep_copy",
    "add_series": "do add_series",
    "correct_series": "do correct_series",
    "forget_series": "do forget_series",
    "recount_series": "do recount_series",
    "look_up_series": "do series_completion",
    "want_series": "do want_series",
    "add_author": "do add_author",
    "correct_author": "do correct_author",
    "forget_author": "do forget_author",
    "recount_author": "do recount_author",
    "look_up_author": "do author_completion",
    "ignore_gap": "do ignore_gap",
    "want_gap": "do want_gap",
    "follow": "follow",
    "unfollow": "unfollow",
    "accept_merge": "merges accept",
    "refuse_merge": "merges refuse",
    "add_want": "want",
    "accept_release": "accept",
    "reject_release": "reject",
    "search_want": "search-again",
    "give_up_want": "give-up",
    "drop_want": "drop",
    "revive_want": "revive",
    "add_download": "add",
    "set_download_status": "do complete_download",
    "complete_download": "do complete_download",
    "fail_download": "do fail_download",
    "retry_download": "do retry_download",
    "delete_download": "do cancel_download",
    "sync_downloads": "do watch",
    "block_release": "block",
    "unblock_release": "unblock",
    "restore_from_trash": "trash restore",
    "undo": "undo",
    "trigger_task": "jobs run",
    "pause_task": "jobs pause",
    "resume_task": "jobs resume",
    "trigger_all_tasks": "jobs run",
    "trigger_full_scan": "do metadata_full",
    "check_configuration": "check",
    "reload_configuration": "reload",
    "examine_everything": "doctor",
    "export_log": "log",
    "make_backup": "backup",
    "run_action": "do",
    "cancel_run": "cancel",
    "test_instance": "instances test",
    "retry_instance": "instances retry",
    "check_trackers": "trackers --check",
    "change_settings": "set",
    "reset_settings": "unset",
    "add_key": "keys add",
    "rotate_key": "keys rotate",
    "remove_key": "keys remove",
}
"""What is changed over HTTP, and the command that does the same."""
OF_HTTP_ALONE = {
    "get_root": "it tells who answers at an address",
    "get_health": "a sign of life of the server",
    "get_liveness": "a sign of life of the server",
    "get_readiness": "a sign of life of the server",
    "get_book_cover": "a picture is not for a terminal",
    "download_backup": "`backups` says where the file lies",
    "show_own_key": "no key is needed at the command line",
    "get_metrics": "figures in the format of Prometheus; `statistics` tells them to people",
}
"""What has no command, and why."""
WITHOUT_LIMIT = {
    "report",
    "settings",
    "configuration",
    "instances",
    "trackers",
    "backups",
    "actions",
    "jobs",
    "keys list",
}
"""Lists that are as long as the configuration, or a folder of backups, and no longer."""
LISTS = sorted(
    {words.partition(" --")[0] for name, words in READING.items() if name.startswith(("list_", "search_"))}
    - WITHOUT_LIMIT
)


def found(words: str) -> tuple[click.Command, set[str]]:
    """Return the command that is meant, and the names of its options; fails if there is none."""
    command: click.Command = main
    for word in words.split():
        if not word.startswith("--") and isinstance(command, click.Group):
            within = command.get_command(click.Context(command), word)
            assert within, words
            command = within
    return command, {option for parameter in command.params for option in parameter.opts}


def test_each_operation_of_the_api_has_its_command_or_a_reason_for_none() -> None:
    operations = {operation.name: operation for operation in all_operations()}
    told = [*READING, *CHANGING, *OF_HTTP_ALONE]
    assert sorted(told) == sorted(operations)
    assert [name for name in READING if operations[name].method != "GET"] == []
    assert [name for name in CHANGING if operations[name].method == "GET"] == []


@pytest.mark.parametrize("words", sorted({*READING.values(), *CHANGING.values()}))
def test_the_command_is_there_with_its_options_and_its_action(words: str) -> None:
    _, options = found(words)
    assert {word for word in words.split() if word.startswith("--")} <= options
    if words.startswith("do ") and "--" not in words:
        assert words.removeprefix("do ") in declared()


@pytest.mark.parametrize("words", LISTS)
def test_each_list_is_for_programs_too_and_no_longer_than_one_likes(words: str) -> None:
    _, options = found(words)
    assert {"--json", "--limit"} <= options


def test_each_action_tells_what_it_does_and_what_it_takes(config: Path) -> None:
    for name, model in declared().items():
        told = describe(config, name)
        assert told.startswith(f"Usage: audiobook-daemon do {name}")
        options = [f"--{field.replace('_', '-')}" for field in model.model_fields]
        assert [line.split()[0] for line in told.splitlines() if line.startswith("  --")] == options, name
        assert purpose_of(model), name
        assert " ".join(purpose_of(model).split()) in " ".join(told.split())


@pytest.mark.parametrize(
    ("name", "purpose"), [("doctor", "Talk to every configured service"), ("mam.account", "Show the account")]
)
def test_the_doctor_and_actions_of_instances_are_described_too(invoke: Invoke, name: str, purpose: str) -> None:
    told = invoke("do", name, "--help")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith(f"Usage: audiobook-daemon do {name}\n\n  {purpose}")


def test_what_an_option_of_an_action_takes_is_told_in_words(invoke: Invoke) -> None:
    told = " ".join(invoke("do", "-h", "retry_download").stdout.split())
    assert "do retry_download --want WANT [OPTIONS]" in told
    assert "--want a whole number from 1, required" in told
    assert "else 1" in told
    assert "--imported pending | imported | import_failed, else pending" in " ".join(
        invoke("do", "complete_download", "--help").stdout.split()
    )
    assert "--only a text, may be given several times" in " ".join(invoke("do", "gather", "--help").stdout.split())


def test_an_action_that_is_not_there_has_no_help(invoke: Invoke) -> None:
    told = invoke("do", "chose", "--help")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "There is no action called 'chose'; `audiobook-daemon actions` lists them." in told.stderr


def test_help_of_do_itself_and_do_without_an_action(invoke: Invoke) -> None:
    assert "Show this message, or what ACTION does and takes." in invoke("do", "--help").stdout
    told = invoke("do")
    assert told.exit_code == 2
    assert "Name an action; `audiobook-daemon actions` lists them." in told.stderr

"""The commands and their options; what they do is in the files beside this one."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from audiobook_daemon.cli import offers
from audiobook_daemon.cli.options import as_json, limit
from audiobook_daemon.cli.rooms import Rooms
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.version import __version__

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class _Group(Rooms):
    """Shows errors as sentences."""

    def invoke(self, context: click.Context) -> object:
        """Run a command; an error of ours ends with its sentence and status 1."""
        try:
            return super().invoke(context)
        except AudiobookDaemonError as error:
            from audiobook_daemon.cli.printing import plain  # noqa: PLC0415

            click.echo(plain(str(error)), err=True)
            context.exit(1)


@click.group(cls=_Group, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="audiobook-daemon")
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration; else $AUDIOBOOK_DAEMON_CONFIG, ~/.config/audiobook-daemon/ or /etc/audiobook-daemon/.",
)
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Keeps an audiobook library complete and well described, unattended."""
    from audiobook_daemon.cli.place import configuration_path  # noqa: PLC0415

    # Importing makes a million objects that stay, and looking through them again and again costs a sixth of the start.
    gc.set_threshold(100_000)
    context.obj = configuration_path(config)


@main.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Where to write.")
@as_json
def init(folder: Path | None, *, as_json: bool) -> None:
    """Write a commented configuration to begin with, and a file for secrets."""
    from audiobook_daemon.cli.setup import write  # noqa: PLC0415

    write(folder, as_json=as_json)


@main.command()
@as_json
@click.pass_obj
def check(path: Path, *, as_json: bool) -> None:
    """Read the configuration and list every mistake with its line; nothing is started."""
    from audiobook_daemon.cli.setup import check as check_file  # noqa: PLC0415

    sys.exit(check_file(path, as_json=as_json))


@main.command()
@as_json
@click.pass_obj
def doctor(path: Path, *, as_json: bool) -> None:
    """Talk to every configured service and say what is wrong and how to mend it."""
    from audiobook_daemon.cli.acting import doctor as examine  # noqa: PLC0415

    sys.exit(examine(path, as_json=as_json))


@main.command()
@click.pass_obj
def run(path: Path) -> None:
    """Run the daemon in the foreground until Ctrl-C or SIGTERM; SIGHUP reads the configuration again."""
    from audiobook_daemon.cli.running import run as run_daemon  # noqa: PLC0415

    run_daemon(path)


@main.command(
    cls=offers.Doing,
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("action", required=False, metavar="ACTION", shell_complete=offers.actions)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=offers.nothing)
@click.option("--help", "-h", "asked", is_flag=True, help="Show this message, or what ACTION does and takes.")
@as_json
@click.pass_context
def do(context: click.Context, action: str | None, arguments: tuple[str, ...], *, asked: bool, as_json: bool) -> None:
    """Run an action by name: `do choose --limit 5 --dry-run`, `do accept --want 3`, `do mam.account`."""
    if action is None:
        if not asked:
            raise click.UsageError("Name an action; `audiobook-daemon actions` lists them.", context)
        click.echo(context.get_help())
        context.exit()
    if asked:
        from audiobook_daemon.cli.describing import describe  # noqa: PLC0415

        click.echo(describe(context.obj, action))
    else:
        from audiobook_daemon.cli.acting import act  # noqa: PLC0415

        sys.exit(act(context.obj, action, arguments, as_json=as_json))


@main.command()
@as_json
@click.pass_obj
def actions(path: Path, *, as_json: bool) -> None:
    """List the actions that `do`, jobs and MQTT can run."""
    from audiobook_daemon.cli.reading import actions as list_actions  # noqa: PLC0415

    list_actions(path, as_json=as_json)


@main.group(invoke_without_command=True)
@as_json
@click.pass_context
def jobs(context: click.Context, *, as_json: bool) -> None:
    """List the jobs with their times and last runs; run, pause or resume one."""
    if context.invoked_subcommand is None:
        from audiobook_daemon.cli.reading import jobs as list_jobs  # noqa: PLC0415

        list_jobs(context.obj, as_json=as_json)


@jobs.command("run")
@click.argument("job", shell_complete=offers.jobs)
@as_json
@click.pass_obj
def run_job(path: Path, job: str, *, as_json: bool) -> None:
    """Run a job now."""
    from audiobook_daemon.cli.acting import run_job as run_now  # noqa: PLC0415

    sys.exit(run_now(path, job, as_json=as_json))


@jobs.command("pause")
@click.argument("job", shell_complete=offers.jobs)
@click.pass_obj
def pause_job(path: Path, job: str) -> None:
    """Let a job's times pass until it is resumed."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, "pause", [f"--job={job}"], as_json=False))


@jobs.command("resume")
@click.argument("job", shell_complete=offers.jobs)
@click.pass_obj
def resume_job(path: Path, job: str) -> None:
    """Let a paused job run at its times again."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, "resume", [f"--job={job}"], as_json=False))


@jobs.command("upcoming")
@click.option("--hours", type=click.IntRange(1, 24 * 31), default=24, show_default=True, help="Within so many hours.")
@limit
@as_json
@click.pass_obj
def upcoming_jobs(path: Path, hours: int, limit: int, *, as_json: bool) -> None:
    """List the times at which jobs run, the next first."""
    from audiobook_daemon.cli.happenings import upcoming  # noqa: PLC0415

    upcoming(path, hours, limit, as_json=as_json)


@main.command()
@click.option("--state", "-s", multiple=True, help="Only wants in this state; may be given several times.")
@click.option("--search", "words", help="Words that all stand in title or author.")
@limit
@as_json
@click.pass_obj
def wants(path: Path, state: tuple[str, ...], words: str | None, limit: int, *, as_json: bool) -> None:
    """List the books on their way and why each stands where it stands."""
    from audiobook_daemon.cli.reading import wants as list_wants  # noqa: PLC0415

    list_wants(path, state, words, limit, as_json=as_json)


@main.command()
@click.argument("want", type=int)
@click.option("--all", "everything", is_flag=True, help="The whole story: every candidate, every event.")
@as_json
@click.pass_obj
def explain(path: Path, want: int, *, everything: bool, as_json: bool) -> None:
    """Tell on one screen why a want got this release and not another one, or what it waits for."""
    from audiobook_daemon.cli.explaining import explain as tell  # noqa: PLC0415

    tell(path, want, everything=everything, as_json=as_json)


@main.command()
@click.argument("want", type=int, required=False)
@click.option("--since", type=click.IntRange(0, 36_500), help="Only decisions of the last so many days.")
@click.option("--all", "everything", is_flag=True, help="Also those that would stay the same.")
@as_json
@click.pass_obj
def replay(path: Path, want: int | None, since: int | None, *, everything: bool, as_json: bool) -> None:
    """Show what the present rules would change about past choices; nothing is changed."""
    from audiobook_daemon.cli.replaying import replay as decide_again  # noqa: PLC0415

    decide_again(path, want, since, everything=everything, as_json=as_json)

"""Completion for the shell: the command that prints it."""

from __future__ import annotations

import click

PROGRAM = "audiobook-daemon"
VARIABLE = "_AUDIOBOOK_DAEMON_COMPLETE"
_WHERE = (
    "For bash that is ~/.local/share/bash-completion/completions/audiobook-daemon, for zsh a file _audiobook-daemon in "
    "a folder of $fpath, for fish ~/.config/fish/completions/audiobook-daemon.fish."
)


def register(main: click.Group) -> None:
    """Add the command."""
    main.add_command(completion)


@click.command(epilog=_WHERE)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a SHELL complete commands, options and names; write it to where the shell looks for it."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    found = get_completion_class(shell)
    assert found is not None
    maker = found(context.find_root().command, {}, PROGRAM, VARIABLE)
    # `source()` would run bash to ask for its version, and complain about the one of macOS.
    click.echo(maker.source_template % maker.source_vars())

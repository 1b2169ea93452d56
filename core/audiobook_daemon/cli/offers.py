"""What the values of arguments and options complete to; asked by the shell, in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from audiobook_daemon.cli.names import Names


def names_for(context: click.Context) -> Names:
    """Return the names of the configuration that the command line names, or that it would find."""
    from audiobook_daemon.cli.names import names  # noqa: PLC0415
    from audiobook_daemon.cli.place import configuration_path  # noqa: PLC0415

    return names(configuration_path(context.find_root().params.get("config")))


def actions(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of actions, and those of jobs where both are meant (`runs --of`)."""
    found = names_for(context)
    more = found.jobs if context.info_name == "runs" else ()
    return _beginning(incomplete, [*found.actions, *more])


def jobs(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of jobs."""
    return _beginning(incomplete, names_for(context).jobs)


def instances(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of instances."""
    return _beginning(incomplete, names_for(context).instances)


def settings(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of settings."""
    return _beginning(incomplete, names_for(context).settings)


def nothing(_context: click.Context, _parameter: click.Parameter, _incomplete: str) -> list[CompletionItem]:
    """Offer nothing, not even files, where anything may be written."""
    return []


class Doing(click.Command):
    """`do`: its options are its own and those of the action that is named."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the options of the action too."""
        own = super().shell_complete(ctx, incomplete)
        options = names_for(ctx).actions.get(ctx.params.get("action") or "", ())
        return _beginning(incomplete, [f"--{name.replace('_', '-')}" for name in options]) + own


def _beginning(incomplete: str, found: Iterable[str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    return [CompletionItem(name) for name in found if name.startswith(incomplete)]

"""Taking in what is there already: the commands and their options."""

from __future__ import annotations

import click


def register(main: click.Group) -> None:
    """Add the commands."""
    del main

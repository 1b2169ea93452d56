"""Where the commands are: a file with some of them is read when one of these is meant, so that a start is quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

ROOMS: Mapping[str, tuple[str, ...]] = {
    "wish_commands": (
        *("want", "accept", "reject", "search-again", "give-up", "drop", "revive"),
        *("block", "unblock"),
    ),
    "queue_commands": ("review", "downloads", "decisions", "blocklist"),
    "shelf_commands": ("books", "search", "book", "corrections"),
    "metadata_commands": ("incomplete", "correct", "undo", "history", "facts"),
    "completion_commands": ("series", "authors", "missing", "upcoming", "follow", "unfollow"),
    "people_commands": ("follows", "merges"),
    "report_commands": ("report", "audit", "duplicates", "failures"),
    "placing_commands": ("shelve",),
    "shelving_commands": ("trash", "upgrade"),
    "adopting_commands": ("adopt", "add"),
    "history_commands": ("runs", "cancel", "events", "log"),
    "service_commands": ("statistics", "instances", "trackers", "usage", "configuration"),
    "backup_commands": ("backup", "backups", "restore", "export", "check-database"),
    "setting_commands": ("settings", "set", "unset", "pause", "resume"),
    "key_commands": ("keys",),
    "shell_commands": ("completion",),
    "daemon_commands": ("reload", "retry", "demo"),
}
"""Each file and its commands, in the order of their usefulness."""
_ROOM_OF = {name: room for room, names in ROOMS.items() for name in names}


class Rooms(click.Group):
    """A group whose commands stand in several files."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, after reading its file."""
        if cmd_name in _ROOM_OF and cmd_name not in self.commands:
            import_module(f"audiobook_daemon.cli.{_ROOM_OF[cmd_name]}").register(self)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, _: click.Context) -> list[str]:
        """Keep the order in which they are written: first those that have no file of their own."""
        return [*(name for name in self.commands if name not in _ROOM_OF), *_ROOM_OF]

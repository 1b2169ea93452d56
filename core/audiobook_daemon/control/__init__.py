"""The door through which the command line reaches a running daemon: a socket beside the database, or hidden."""

from audiobook_daemon.control.client import NotRunning, Remote
from audiobook_daemon.control.place import control_place, socket_path
from audiobook_daemon.control.server import ControlServer, Doors

__all__ = ["ControlServer", "Doors", "NotRunning", "Remote", "control_place", "socket_path"]

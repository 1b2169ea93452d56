"""Finds plugins, makes instances of them, starts, asks and rests them."""

from audiobook_daemon.host.discovery import BrokenPlugin, PluginTypes
from audiobook_daemon.host.host import Host
from audiobook_daemon.host.instance import Bug, Instance, InstanceSpec
from audiobook_daemon.host.registration import PluginRefused, inspect_type

__all__ = ["BrokenPlugin", "Bug", "Host", "Instance", "InstanceSpec", "PluginRefused", "PluginTypes", "inspect_type"]

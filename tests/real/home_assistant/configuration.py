"""The folder of a Home Assistant that is to run on loopback and ask nobody outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

SHIPPED = Path(__file__).parents[3] / "config" / "home-assistant"
_CONFIGURATION = """\
homeassistant:
  name: Home
  latitude: 52
  longitude: 4
  elevation: 0
  unit_system: metric
  time_zone: UTC
  country: GB
http:
  server_host: 127.0.0.1
  server_port: {port}
api:
automation: !include automations.yaml
config:
frontend:
history:
input_boolean:
  playing_in_the_kitchen:
  playing_in_the_bedroom:
logbook:
lovelace:
media_player:
  - platform: universal
    name: Kitchen
    state_template: "{{{{ 'playing' if is_state('input_boolean.playing_in_the_kitchen', 'on') else 'idle' }}}}"
  - platform: universal
    name: Bedroom
    state_template: "{{{{ 'playing' if is_state('input_boolean.playing_in_the_bedroom', 'on') else 'idle' }}}}"
recorder:
  commit_interval: 1
script:
  phone:
    description: Shows on the screen what a phone would be told, with its buttons and its picture.
    mode: queued
    sequence:
      - action: persistent_notification.create
        data:
          notification_id: "phone-{{{{ data.tag }}}}"
          title: "{{{{ title }}}}"
          message: "{{{{ data | tojson }}}}"
system_log:
websocket_api:
logger:
  default: warning
"""
# The step `core_config` would set up weather and radio, which ask servers outside.
_DONE = {
    "version": 4,
    "minor_version": 1,
    "key": "onboarding",
    "data": {"done": ["core_config", "analytics", "integration"]},
}


def write_configuration(folder: Path, port: int) -> None:
    """Write what a new Home Assistant starts with, and lay our blueprints where a person would."""
    (folder / ".storage").mkdir(parents=True)
    (folder / ".storage" / "onboarding").write_text(json.dumps(_DONE))
    (folder / "configuration.yaml").write_text(_CONFIGURATION.format(port=port))
    (folder / "automations.yaml").write_text("[]\n")
    shutil.copytree(SHIPPED / "blueprints", folder / "blueprints")

"""The pages under `app/`: versions and preferences, which nobody may change here."""

from __future__ import annotations

from aiohttp import web

from audiobook_daemon.demo.qbittorrent.downloads import Downloads
from audiobook_daemon.demo.qbittorrent.forms import required
from audiobook_daemon.demo.qbittorrent.generation import Generation
from audiobook_daemon.demo.qbittorrent.sessions import Sessions
from audiobook_daemon.demo.qbittorrent.torrent_json import JsonObject


class AppPages:
    """Answers what is asked of the program; `refused` holds every try to change or end it."""

    def __init__(self, downloads: Downloads, generation: Generation, sessions: Sessions) -> None:
        self.refused: list[str] = []
        self._downloads = downloads
        self._generation = generation
        self._sessions = sessions

    async def version(self, _request: web.Request) -> web.Response:
        """Give the version, `v4.5.2`."""
        return web.Response(text=self._generation.version)

    async def web_api_version(self, _request: web.Request) -> web.Response:
        """Give the version of the Web API, `2.8.19`."""
        return web.Response(text=self._generation.web_api)

    async def default_save_path(self, _request: web.Request) -> web.Response:
        """Give the default save path."""
        return web.Response(text=str(self._downloads.save_path))

    async def preferences(self, _request: web.Request) -> web.Response:
        """Give the preferences that matter to a program beside us."""
        add_stopped = "start_paused_enabled" if self._generation.paused_words else "add_stopped_enabled"
        answer: JsonObject = {
            "auto_tmm_enabled": False,
            "bypass_local_auth": False,
            "current_interface_address": "127.0.0.1",
            "current_network_interface": "lo",
            "dht": False,
            "incomplete_files_ext": False,
            "listen_port": 6881,
            "lsd": False,
            "max_ratio": self._downloads.max_ratio,
            "max_ratio_act": 0,
            "max_ratio_enabled": self._downloads.max_ratio >= 0,
            "max_seeding_time": self._downloads.max_seeding_time,
            "max_seeding_time_enabled": self._downloads.max_seeding_time >= 0,
            "pex": False,
            "queueing_enabled": False,
            "save_path": str(self._downloads.save_path),
            add_stopped: False,
            "temp_path": str(self._downloads.save_path / "temp"),
            "temp_path_enabled": False,
            "web_ui_ban_duration": round(self._sessions.ban),
            "web_ui_max_auth_fail_count": self._sessions.failures_allowed,
            "web_ui_session_timeout": round(self._sessions.timeout),
        }
        return web.json_response(answer)

    async def set_preferences(self, request: web.Request) -> web.Response:
        """Refuse to be changed, and remember what was wanted."""
        (wanted,) = await required(request, self._generation, "json")
        self.refused.append(f"setPreferences {wanted}")
        raise web.HTTPForbidden(text="Forbidden")

    async def shutdown(self, _request: web.Request) -> web.Response:
        """Refuse to be ended, and remember that it was tried."""
        self.refused.append("shutdown")
        raise web.HTTPForbidden(text="Forbidden")

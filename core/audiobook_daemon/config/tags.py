"""What `!secret`, `!env` and `!file` stand for."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.config.mistakes import InvalidConfiguration, Mistake, suggestion
from audiobook_daemon.config.positions import Unresolved, build
from audiobook_daemon.config.reading import compose

SECRETS = "secrets.yaml"
LARGEST_VALUE = 64 * 1024
"""Bytes in a file named by `!file`."""
_CREDENTIAL = "credential:"


class Outside:
    """The places beside the file that values may come from: secrets.yaml, the environment, other files."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        self._environ = environ
        self._secrets: dict[str, str | None] | None = None
        self._broken = False
        self.mistakes: list[Mistake] = []
        """Mistakes in secrets.yaml itself."""
        self.warnings: list[Mistake] = []

    def resolve(self, tag: str, text: str) -> str:
        """Return what a tag stands for; raises Unresolved with a sentence that quotes no secret."""
        known = {"!secret": self._secret, "!env": self._env, "!file": self._file}
        if tag not in known:
            raise Unresolved(
                "text that begins with ! is a tag (known are !secret, !env and !file); put other text in quotes"
            )
        if not text:
            raise Unresolved(f"a name is missing after {tag}")
        return known[tag](text)

    def _env(self, name: str) -> str:
        if name not in self._environ:
            raise Unresolved("the environment has no variable of this name")
        return self._environ[name]

    def _file(self, name: str) -> str:
        if name.startswith(_CREDENTIAL):
            folder = self._environ.get("CREDENTIALS_DIRECTORY")
            wanted = name.removeprefix(_CREDENTIAL)
            if not folder:
                raise Unresolved(
                    f"there are no credentials; run it as a systemd service with LoadCredential={wanted}:..."
                )
            if "/" in wanted:
                raise Unresolved("a credential's name has no slash")
            path = Path(folder) / wanted
        else:
            path = self._folder / name
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_VALUE + 1)
        except OSError as error:
            raise Unresolved(f"{path} cannot be read ({error.strerror})") from None
        if len(content) > LARGEST_VALUE:
            raise Unresolved(f"{path} is larger than {LARGEST_VALUE // 1024} KiB, which no value is")
        try:
            return content.decode().strip()
        except UnicodeDecodeError:
            raise Unresolved(f"{path} is not text in UTF-8") from None

    def _secret(self, name: str) -> str:
        if self._secrets is None:
            self._secrets = self._read_secrets()
        if self._broken:
            raise Unresolved
        if name not in self._secrets:
            raise Unresolved(f"{SECRETS} holds no secret of this name{suggestion(name, self._secrets)}")
        if not (value := self._secrets[name]):
            raise Unresolved(f"{name} is empty in {SECRETS}; write its value there")
        return value

    def _read_secrets(self) -> dict[str, str | None]:
        path = self._folder / SECRETS
        if not path.exists():
            raise Unresolved(f"there is no {path}; write one with a line for each secret and keep it to yourself")
        status = path.stat()
        if mode := safer_mode(status.st_mode, status.st_uid):
            text = f"other users of this machine can reach it; run: chmod {mode:o} {path}"
            self.warnings.append(Mistake(str(path), None, None, "", text))
        try:
            document = build(str(path), compose(path), _no_tags)
        except InvalidConfiguration as error:
            self._broken = True
            self.mistakes.extend(error.mistakes)
            return {}
        if not isinstance(document.data, dict):
            if document.data is not None:
                document.note((), "it has to hold lines of `name: value`")
            document.data = {}
        for name, value in document.data.items():
            if isinstance(value, dict | list):
                document.note((name,), "a secret has to be plain text; put it in quotes")
        self.mistakes.extend(document.mistakes)
        self._broken = bool(document.mistakes)
        return {name: value for name, value in document.data.items() if value is None or isinstance(value, str)}


def safer_mode(mode: int, owner: int) -> int | None:
    """Return the mode that a file of secrets should have instead, or None if it is closed enough.

    One that belongs to root may be read by its group: so the account of a service reads what it cannot change.
    """
    if owner == 0:
        return 0o640 if mode & (stat.S_IRWXO | stat.S_IWGRP) else None
    return 0o600 if mode & (stat.S_IRWXO | stat.S_IRWXG) else None


def _no_tags(tag: str, text: str) -> str:  # noqa: ARG001
    raise Unresolved("text that begins with ! has to stand in quotes")

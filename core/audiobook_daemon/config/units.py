"""Types for what people write: durations, sizes, time zones, languages, names."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from audiobook_daemon.config.mistakes import suggestion

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES = {
    unit: base**power
    for power, units in enumerate((("b", "b"), ("kb", "kib"), ("mb", "mib"), ("gb", "gib"), ("tb", "tib")))
    for unit, base in zip(units, (1000, 1024), strict=True)
}
_LONGEST_DURATION = 40
_DURATION = r"(\d+\s*[smhdw]\s*)+|0"
_SIZE = r"(\d+(?:\.\d+)?)\s*([KMGT]i?B|B)|0"
_NAME = re.compile(r"[a-z0-9_-]+")


def parse_duration(value: object) -> timedelta:
    """Read `90s`, `5m`, `2h`, `1d`, `1w` or a sum such as `1h30m`; raises ValueError."""
    if isinstance(value, timedelta):
        return value
    text = str(value).strip().lower() if value is not None else ""
    if len(text) > _LONGEST_DURATION or not re.fullmatch(_DURATION, text):
        raise ValueError("should be a time with its unit, as in 90s, 5m, 2h or 1d")
    try:
        return timedelta(seconds=sum(int(n) * _SECONDS[u] for n, u in re.findall(r"(\d+)\s*([smhdw])", text)))
    except OverflowError:
        raise ValueError("is far too long a time") from None


def write_duration(value: timedelta) -> str:
    """Write a duration in the way it is read: `1h30m`."""
    seconds = int(value.total_seconds())
    text = ""
    for unit in ("d", "h", "m", "s"):
        count, seconds = divmod(seconds, _SECONDS[unit])
        text += f"{count}{unit}" if count else ""
    return text or "0"


def parse_size(value: object) -> int:
    """Read `15GB`, `700 MB` or `1.5GiB` as bytes; raises ValueError."""
    if isinstance(value, int):
        return value
    text = str(value).strip() if value is not None else ""
    if not (match := re.fullmatch(_SIZE, text, re.IGNORECASE)):
        raise ValueError("should be a size with its unit, as in 700MB, 15GB or 1.5GiB")
    return round(float(match[1]) * _BYTES[match[2].lower()]) if match[1] else 0


def write_size(value: int) -> str:
    """Write a size in the way it is read: `15GB`."""
    unit = next(unit for unit in ("TB", "GB", "MB", "kB", "B") if value % _BYTES[unit.lower()] == 0 or unit == "B")
    return f"{value // _BYTES[unit.lower()]}{unit}"


@cache
def _timezones() -> frozenset[str]:
    """The names of all time zones; to look for them reads some hundred files."""
    return frozenset(available_timezones())


def _timezone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    known = _timezones()
    if not isinstance(value, str) or value not in known:
        near = suggestion(str(value), {*known, *(name.rpartition("/")[2] for name in known)})
        raise ValueError(f"should be the name of a time zone, as in Europe/Berlin{near}")
    return ZoneInfo(value)


def _language(value: str) -> str:
    if not re.fullmatch("[a-z]{2}", value):
        raise ValueError("should be the two letters of a language (ISO 639-1), as in en or de")
    return value


def _absolute(value: Path, info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder")
    return folder / value.expanduser() if isinstance(folder, Path) else value


def bad_name(name: str) -> str | None:
    """Say what is wrong with the name of an instance or job, which becomes a level of MQTT topics; else None."""
    return (
        None if _NAME.fullmatch(name) else "this name has to be of a-z, 0-9, _ and - only (it is used in MQTT topics)"
    )


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(write_duration),
    WithJsonSchema({"type": "string", "maxLength": _LONGEST_DURATION, "examples": ["90s", "5m", "2h", "1d"]}),
]
Size = Annotated[
    int,
    BeforeValidator(parse_size),
    PlainSerializer(write_size),
    WithJsonSchema({"type": "string", "examples": ["15GB"]}),
]
TimeZone = Annotated[
    ZoneInfo,
    BeforeValidator(_timezone),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Berlin", "UTC"]}),
]
Language = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "examples": ["en"]})]
Location = Annotated[Path, AfterValidator(_absolute), WithJsonSchema({"type": "string"})]
"""A path; relative ones start at the configuration's folder."""

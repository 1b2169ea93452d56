"""Templates that Home Assistant fills from a document; null becomes None, which it shows as unknown."""

from __future__ import annotations


def value(key: str) -> str:
    """Show a value as it is."""
    return f"{{{{ value_json.{key} }}}}"


def inner(parent: str, key: str) -> str:
    """Show a value of an object that may be null."""
    return f"{{{{ value_json.{parent}.{key} if value_json.{parent} else none }}}}"


def text(parent: str, key: str) -> str:
    """Show a text of an object that may be null, as far as a state holds it."""
    return f"{{{{ value_json.{parent}.{key}[:255] if value_json.{parent} else none }}}}"


def up_to(most: int, key: str) -> str:
    """Show a number, and one that is larger as unknown: of what is out of its range Home Assistant complains."""
    fits = f"value_json.{key} is not none and value_json.{key} <= {most}"
    return f"{{{{ value_json.{key} if {fits} else none }}}}"


def scaled(key: str, divisor: str, digits: int) -> str:
    """Show a number in a larger unit."""
    number = f"(value_json.{key} / {divisor}) | round({digits})"
    return f"{{{{ {number} if value_json.{key} is not none else none }}}}"


def on_if(condition: str) -> str:
    """Make ON or OFF of a condition."""
    return f"{{{{ 'ON' if {condition} else 'OFF' }}}}"


def flag(key: str) -> str:
    """Make ON or OFF of true or false, and None of null."""
    return f"{{{{ none if value_json.{key} is none else 'ON' if value_json.{key} else 'OFF' }}}}"


def online_if(condition: str) -> str:
    """Make `online` or `offline` of a condition."""
    return f"{{{{ 'online' if {condition} else 'offline' }}}}"


def some(*keys: str) -> str:
    """Make an object of some values of the document, for attributes."""
    return "{{ {" + ", ".join(f"'{key}': value_json.{key}" for key in keys) + "} | tojson }}"


def whole(parent: str) -> str:
    """Make an object of one of the document that may be null, for attributes."""
    return f"{{{{ (value_json.{parent} or {{}}) | tojson }}}}"

"""Answers selections over rows as Hasura does: where, order_by, limit, offset and distinct_on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from audiobook_daemon.demo.hardcover.document import BadQuery, Field

Row = Mapping[str, object]
"""A column's value, or a function that returns the related row or rows."""

_REFUSED = frozenset({"_like", "_nlike", "_ilike", "_nilike", "_regex", "_iregex", "_nregex", "_similar", "_nsimilar"})
_KNOWN_ARGUMENTS = frozenset({"where", "order_by", "limit", "offset", "distinct_on"})


def related(value: object) -> object:
    """The value of a column, or what a relationship leads to."""
    return value() if callable(value) else value


def answer(rows: Iterable[Row], field: Field) -> list[dict[str, object]]:
    """Select from rows and tell of each what was asked for; raises BadQuery."""
    if unknown := field.arguments.keys() - _KNOWN_ARGUMENTS:
        raise BadQuery(f"'{field.name}' has no argument named {min(unknown)!r}")
    where = field.arguments.get("where")
    found = [row for row in rows if _holds(row, where)]
    for order in reversed(_orders(field.arguments.get("order_by"))):
        found = _sorted(found, order)
    if (column := field.arguments.get("distinct_on")) is not None:
        found = list({str(_column(row, str(column))): row for row in reversed(found)}.values())[::-1]
    start = _number(field.arguments.get("offset")) or 0
    limit = _number(field.arguments.get("limit"))
    return [project(row, field) for row in (found[start:] if limit is None else found[start : start + limit])]


def project(row: Row, field: Field) -> dict[str, object]:
    """Tell of a row what is selected; raises BadQuery for a column it does not have."""
    return {part.name: _part(row, part, field.name) for part in field.selection}


def _part(row: Row, part: Field, table: str) -> object:
    if part.name not in row:
        raise BadQuery(f"field '{part.name}' not found in type: '{table}'")
    value = related(row[part.name])
    if callable(row[part.name]) and not part.selection:
        raise BadQuery(f"missing selection set for '{part.name}'")
    if isinstance(value, list) and part.selection:
        return answer(value, part)
    return project(value, part) if isinstance(value, Mapping) and part.selection else value


def _holds(row: Row, where: object) -> bool:
    if not isinstance(where, dict):
        return where is None
    return all(_meets(row, name, test) for name, test in where.items())


def _meets(row: Row, name: str, test: object) -> bool:
    if name in {"_and", "_or"}:
        parts = test if isinstance(test, list) else [test]
        return (all if name == "_and" else any)(_holds(row, part) for part in parts)
    if name == "_not":
        return not _holds(row, test)
    value = _column(row, name)
    if callable(row[name]):
        rows: Sequence[object] = value if isinstance(value, list) else [] if value is None else [value]
        return any(isinstance(one, Mapping) and _holds(one, test) for one in rows)
    return isinstance(test, dict) and all(_compares(value, sign, wanted) for sign, wanted in test.items())


def _compares(value: object, sign: str, wanted: object) -> bool:
    if sign in _REFUSED:
        raise BadQuery(f"field '{sign}' is not allowed")
    tests: Mapping[str, Callable[[], bool]] = {
        "_eq": lambda: value == wanted,
        "_neq": lambda: value != wanted,
        "_in": lambda: isinstance(wanted, list) and value in wanted,
        "_is_null": lambda: (value is None) == wanted,
        "_gt": lambda: isinstance(value, int | float) and isinstance(wanted, int | float) and value > wanted,
    }
    if sign not in tests:
        raise BadQuery(f"field '{sign}' not found")
    return tests[sign]()


def _orders(orders: object) -> list[dict[str, object]]:
    listed = orders if isinstance(orders, list) else [orders] if isinstance(orders, dict) else []
    return [order for order in listed if isinstance(order, dict)]


def _sorted(rows: list[Row], order: Mapping[str, object]) -> list[Row]:
    """Sort by one column, perhaps of a related row; as in PostgreSQL nothing comes last, or first if descending."""
    ((name, how),) = order.items()
    if isinstance(how, dict):
        ((inner, direction),) = how.items()
        values = [_column(_one(related(row[name])), inner) for row in rows]
    else:
        direction, values = how, [_column(row, name) for row in rows]
    keyed = sorted(zip(values, rows, strict=True), key=lambda pair: _rank(pair[0]), reverse=direction == "desc")
    return [row for _, row in keyed]


def _rank(value: object) -> tuple[bool, float, str]:
    return value is None, value if isinstance(value, int | float) else 0.0, str(value)


def _one(value: object) -> Row:
    return value if isinstance(value, Mapping) else {}


def _column(row: Row, name: str) -> object:
    if name not in row:
        raise BadQuery(f"field '{name}' not found")
    return related(row[name])


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None

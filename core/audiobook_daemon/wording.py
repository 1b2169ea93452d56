"""What pydantic finds wrong, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SENTENCES = {
    "missing": "is missing",
    "string_type": "should be plain text",
    "int_parsing": "should be a whole number",
    "int_type": "should be a whole number",
    "int_from_float": "should be a whole number",
    "int_parsing_size": "should be a whole number of reasonable size",
    "bool_parsing": "should be yes or no",
    "bool_type": "should be yes or no",
    "float_parsing": "should be a number",
    "float_type": "should be a number",
    "finite_number": "should be a number",
    "list_type": "should be a list",
    "tuple_type": "should be a list",
    "set_type": "should be a list",
    "dict_type": "should be a section of `key: value`",
    "model_type": "should be a section of `key: value`",
    "model_attributes_type": "should be a section of `key: value`",
    "dataclass_type": "should be a section of `key: value`",
}


def in_plain_words(found: Mapping[str, object]) -> str:
    """Return what one of `ValidationError.errors()` says, as the end of a sentence that begins with the value."""
    if sentence := _SENTENCES.get(str(found["type"])):
        return sentence
    message = str(found["msg"])
    if found["type"] == "value_error":
        message = message.removeprefix("Value error, ")
    message = re.sub(r" after validation, not \d+$", "", message)
    return re.sub(r"^(Input|Value|String|List|Tuple|Dictionary) should", "should", message).rstrip(".")

"""Texts as a request may hold them: never without an end, and without the one character that databases refuse."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

_NO_NUL = r"^[^\x00]*$"
_SAYS_SOMETHING = r"^[^\x00]*[^\x00\s][^\x00]*$"

Word = Annotated[str, Field(min_length=1, max_length=200, pattern=_NO_NUL)]
"""A name or a code."""
Title = Annotated[str, Field(min_length=1, max_length=500, pattern=_SAYS_SOMETHING)]
"""A title or a person's name; more than blanks."""
Words = Annotated[str, Field(max_length=200, pattern=_NO_NUL)]
"""What is searched for."""
Sentence = Annotated[str, Field(min_length=1, max_length=1000, pattern=_SAYS_SOMETHING)]
"""A reason, for people."""

"""The models of questions and answers are sound, although each is built when it is used for the first time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from pydantic.errors import PydanticUndefinedAnnotation

from audiobook_daemon.web import app  # noqa: F401 - with the application everything is imported that asks or answers
from audiobook_daemon.web.answers import Answered, Asked


def descendants(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        if one.__module__.startswith("audiobook_daemon."):
            yield one
        yield from descendants(one)


@pytest.mark.parametrize("base", [Asked, Answered])
def test_every_model_can_be_built(base: type[BaseModel]) -> None:
    found = list(dict.fromkeys(descendants(base)))
    assert len(found) > 50
    for model in found:
        model.model_rebuild(force=True)
        assert model.__pydantic_complete__, model


def test_a_mistake_in_a_model_would_be_found() -> None:
    class Wrong(Answered):
        """Tells what does not exist."""

        what: Nowhere  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(PydanticUndefinedAnnotation):
        Wrong.model_rebuild(force=True)

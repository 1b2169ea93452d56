"""The section `choose`: which releases are acceptable, and which of them is dearest."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.units import Language, Size
from audiobook_daemon.models import Price

Criterion = Literal["narrator", "edition", "language", "format", "bitrate", "price", "seeders", "files", "age"]
"""What recordings of one book differ in, the weightiest first."""


def _file_type(value: str) -> str:
    if not (value.isascii() and value.isalnum()):
        raise ValueError("should be a file type, as in m4b or mp3")
    return value.lower()


FileType = Annotated[str, AfterValidator(_file_type), WithJsonSchema({"type": "string", "examples": ["m4b"]})]
Words = Annotated[str, StringConstraints(min_length=1)]


class Bitrate(Section):
    """Which bitrates are liked, in kbit/s."""

    ideal: int = Field(128, ge=8, le=2000)
    """From here on a recording is as good as it gets for a voice."""
    least: int = Field(64, ge=8, le=2000)
    """What is less is taken only if there is nothing else."""
    most: int = Field(192, ge=8, le=2000)
    """What is more costs space and is not heard."""

    @model_validator(mode="after")
    def _order(self) -> Bitrate:
        if not self.least <= self.ideal <= self.most:
            raise ValueError("should be least, ideal and most in rising order")
        return self


class Prefer(Section):
    """Which recording is taken if several of the wished book are acceptable; it never makes up for a doubtful book."""

    order: tuple[Criterion, ...] = get_args(Criterion)
    """What counts, the weightiest first; what is left out does not count."""
    narrators: tuple[Words, ...] = ()
    """Dear readers, the dearest first; those of a wish go before them."""
    formats: tuple[FileType, ...] = ("m4b", "mp3", "m4a", "flac", "ogg", "opus")
    """File types, the dearest first."""
    bitrate: Bitrate = Bitrate()
    editions: tuple[Words, ...] = ()
    """Words in the titles of dear editions, as in anniversary, the dearest first."""
    languages: tuple[Language, ...] = ()
    """The dearest first; otherwise in the order in which they are accepted."""

    @field_validator("order", "narrators", "formats", "editions", "languages")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if twice := next((one for place, one in enumerate(value) if one in value[:place]), None):
            raise ValueError(f"names {twice} twice")
        return value


class Choose(Section):
    """Which releases are acceptable, and how long we look for one."""

    languages: tuple[Language, ...] = Field(("en",), min_length=1)
    """Accepted languages (ISO 639-1) where a wish names none."""
    min_seeders: int = Field(1, ge=0)
    min_size: Size = 10_000_000
    """Smaller is no audiobook."""
    max_size: Size = 15_000_000_000
    """Larger is a collection."""
    min_bitrate: int = Field(24, ge=0, le=2000)
    """kbit/s that the size means for a known running time; what is less lacks a piece."""
    max_bitrate: int = Field(400, ge=1, le=10_000)
    """The same; what is more holds something else too."""
    prices: tuple[Price, ...] = Field(tuple(Price), min_length=1)
    """What a release may cost on its tracker: free, unknown, paid."""
    vip: bool = True
    """Whether releases that only VIP members may download are considered."""
    candidates: int = Field(50, ge=1, le=500)
    """How many releases of one search are judged at most."""
    most_queries: int = Field(4, ge=1, le=20)
    """How many questions one indexer is asked in one search, each wider than the one before."""
    floor: float = Field(0.97, ge=0.5, lt=1)
    """How sure it has to be, from 0 to 1, that a release is the wished book; below, a person decides."""
    margin: float = Field(10, ge=1, le=1_000_000)
    """How many times likelier a release must be the wanted book than any sibling of it; else a person decides."""
    packs: Literal["never", "review", "grab"] = "review"
    """What becomes of a release that holds the book among others: it is left, a person decides, or it is taken."""
    prefer: Prefer = Prefer()
    ladder_days: tuple[Annotated[float, Field(gt=0, le=365)], ...] = Field((1, 3, 7), min_length=1)
    """Days to wait after each search that found nothing acceptable; the last one repeats."""
    give_up_after: int = Field(12, ge=1)
    """Searches without an acceptable release before a book is given up (it can be revived)."""

    @model_validator(mode="after")
    def _sizes(self) -> Choose:
        if self.min_size >= self.max_size:
            raise ValueError("min_size has to be smaller than max_size")
        if self.min_bitrate >= self.max_bitrate:
            raise ValueError("min_bitrate has to be smaller than max_bitrate")
        return self

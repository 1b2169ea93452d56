"""The section of an instance in the configuration."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SecretStr,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from audiobook_daemon import PluginConfig
from audiobook_plugins.notify import addresses, templates
from audiobook_plugins.notify.kinds import Kind
from audiobook_plugins.notify.samples import sample_of
from audiobook_plugins.notify.times import DigestTime, QuietHours, read_digest_time, read_quiet_hours
from audiobook_plugins.notify.wording import SUMMARY

Hours = Annotated[
    QuietHours,
    BeforeValidator(read_quiet_hours),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["22:00-07:00"]}),
]
Digest = Annotated[
    DigestTime,
    BeforeValidator(read_digest_time),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["daily at 19:00", "weekly on sunday at 19:00"]}),
]
_DEFAULT = tuple(kind for kind in Kind if kind is not Kind.GRABBED)
_UNIMPORTANT = (Kind.GRABBED, Kind.SHELVED, Kind.GAPS, Kind.UPDATE)


class Section(PluginConfig):
    """The base of the sections here."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Wording(Section):
    """Title and body of one kind of message, as jinja2 templates; what is left out stays as it is."""

    kind: ClassVar[str] = SUMMARY

    title: str | None = None
    body: str | None = None

    @field_validator("title", "body")
    @classmethod
    def _is_sound(cls, value: str | None) -> str | None:
        if value is not None and (mistake := templates.mistake_in(value, sample_of(cls.kind))):
            raise ValueError(mistake)
        return value


class Shelved(Wording):
    """A book has come to the shelf."""

    kind = Kind.SHELVED


class Grabbed(Wording):
    """A book is being downloaded."""

    kind = Kind.GRABBED


class Review(Wording):
    """A person has to decide."""

    kind = Kind.REVIEW


class Failed(Wording):
    """A download failed, or a book was given up."""

    kind = Kind.FAILED


class Gaps(Wording):
    """Books are missing from series or of authors."""

    kind = Kind.GAPS


class Service(Wording):
    """An instance waits for a person, or works again."""

    kind = Kind.SERVICE


class Job(Wording):
    """A job failed, or works again."""

    kind = Kind.JOB


class Library(Wording):
    """A library has lost many books at once, or is complete again."""

    kind = Kind.LIBRARY


class Tracker(Wording):
    """An account at a tracker is in danger, or out of it."""

    kind = Kind.TRACKER


class Update(Wording):
    """There is a new version."""

    kind = Kind.UPDATE


class Templates(Section):
    """How messages are worded."""

    shelved: Shelved = Shelved()
    grabbed: Grabbed = Grabbed()
    review: Review = Review()
    failed: Failed = Failed()
    gaps: Gaps = Gaps()
    service: Service = Service()
    job: Job = Job()
    library: Library = Library()
    tracker: Tracker = Tracker()
    update: Update = Update()
    summary: Wording = Wording()
    """The digest, what came in quiet hours, and a flood of events of one kind."""

    def of(self, kind: str) -> Wording:
        """Return the wording of a kind of message."""
        wording = getattr(self, kind)
        assert isinstance(wording, Wording)
        return wording


class NotifyConfig(Section):
    """Whom to tell, of what, when, and in which words; needs the package apprise (the extra `notify`)."""

    urls: tuple[SecretStr, ...] = Field(min_length=1)
    """Addresses of services as apprise writes them, such as tgram://, ntfy:// or mailtos://; each is a secret."""
    events: tuple[Kind, ...] = _DEFAULT
    """What to tell of: shelved, grabbed, review, failed, gaps, service, job, library, tracker, update."""
    quiet_hours: Hours | None = None
    """When nobody is told anything, as in 22:00-07:00; what comes then is told afterwards, in one message."""
    urgent: tuple[Kind, ...] = ()
    """What is told even in the quiet hours."""
    digest: Digest | None = None
    """When the unimportant is told in one message: `daily at 19:00`, `weekly on sunday at 19:00`."""
    digest_events: tuple[Kind, ...] = _UNIMPORTANT
    """What waits for the digest, if there is one."""
    templates: Templates = Templates()
    timeout: float = Field(30.0, ge=1, le=120)
    """Seconds that a service may take for one message."""

    @field_validator("urls")
    @classmethod
    def _can_be_told(cls, urls: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for number, url in enumerate(urls, 1):
            if mistake := addresses.mistake_in(url.get_secret_value()):
                raise ValueError(f"address {number}: {mistake}")
        if len(set(urls)) < len(urls):
            raise ValueError("an address stands here twice")
        return urls

    @model_validator(mode="after")
    def _is_told_at_all(self) -> Self:
        for name, kinds in (("urgent", self.urgent), ("digest_events", self.digest_events)):
            if name not in self.model_fields_set:
                continue
            for kind in kinds:
                if kind not in self.events:
                    raise ValueError(f"{name} names {kind.value}, which is not among the events")
        return self

    def addresses(self) -> tuple[addresses.Address, ...]:
        """Return the addresses with their numbers."""
        return tuple(addresses.Address(number, url.get_secret_value()) for number, url in enumerate(self.urls, 1))

"""What a second attempt may mend."""

from __future__ import annotations


class BrokenConnection(Exception):
    """The connection failed; a time or size limit or a bad certificate is no such thing."""

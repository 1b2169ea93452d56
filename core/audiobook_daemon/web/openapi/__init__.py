"""What the API says of itself, made from the same models that check what is sent and told."""

from audiobook_daemon.web.openapi.document import description
from audiobook_daemon.web.openapi.served import Description, reference_assets, reference_pages

__all__ = ["Description", "description", "reference_assets", "reference_pages"]

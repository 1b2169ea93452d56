"""Which book a release is: every word explained, evidence weighed as odds, compared with its siblings."""

from audiobook_daemon.matching.identity.judge import Identity, identify
from audiobook_daemon.matching.identity.packs import Holding, holding
from audiobook_daemon.matching.identity.profile import Profile, profile_of
from audiobook_daemon.matching.identity.reading import Reading, read
from audiobook_daemon.matching.identity.siblings import Siblings, nearest_sibling, siblings_among

__all__ = [
    "Holding",
    "Identity",
    "Profile",
    "Reading",
    "Siblings",
    "holding",
    "identify",
    "nearest_sibling",
    "profile_of",
    "read",
    "siblings_among",
]

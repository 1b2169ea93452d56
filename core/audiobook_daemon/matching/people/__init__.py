"""People's names: lists of them, their order, whether two are one person, whether a text is a name at all."""

from audiobook_daemon.matching.people.about import about_author
from audiobook_daemon.matching.people.likelihood import looks_like_person, person_likelihood
from audiobook_daemon.matching.people.likeness import person_among, same_person
from audiobook_daemon.matching.people.names import natural_name, sort_name
from audiobook_daemon.matching.people.placeholders import is_placeholder
from audiobook_daemon.matching.people.splitting import split_people

__all__ = [
    "about_author",
    "is_placeholder",
    "looks_like_person",
    "natural_name",
    "person_among",
    "person_likelihood",
    "same_person",
    "sort_name",
    "split_people",
]

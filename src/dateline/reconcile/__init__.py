"""Claims → events: what tells of one happening, by whose word, and where the words differ."""

from dateline.reconcile.events import event_of, groups, iter_events, reconcile, with_events
from dateline.reconcile.facts import Fact, facts_of
from dateline.reconcile.links import Links
from dateline.reconcile.score import Evidence, Score, score
from dateline.reconcile.telling import Telling, tell

__all__ = [
    "Evidence",
    "Fact",
    "Links",
    "Score",
    "Telling",
    "event_of",
    "facts_of",
    "groups",
    "iter_events",
    "reconcile",
    "score",
    "tell",
    "with_events",
]

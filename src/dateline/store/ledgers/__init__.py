"""What claims add up to over time: control of places, figures, deadlines, truces, sources.

Each is computed from claims when it is asked for, and says by whose word.
"""

from dateline.store.ledgers.control import Control, Period, Statement, control
from dateline.store.ledgers.deadlines import Deadline, deadlines
from dateline.store.ledgers.figures import Number, figures
from dateline.store.ledgers.sources import Voice, sources
from dateline.store.ledgers.told import Told
from dateline.store.ledgers.truces import Step, Truce, truces

__all__ = [
    "Control",
    "Deadline",
    "Number",
    "Period",
    "Statement",
    "Step",
    "Told",
    "Truce",
    "Voice",
    "control",
    "deadlines",
    "figures",
    "sources",
    "truces",
]

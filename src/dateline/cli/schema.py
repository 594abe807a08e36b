"""``dateline schema``: the output's JSON Schema."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of one line of output, generated from the domain types."""
    from dateline.record import schema as made

    print(json.dumps(made(), indent=2))

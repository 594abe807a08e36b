"""Report → parsed sentences.  The only place that imports spaCy."""

from dateline.parse.model import Parser

__all__ = ["Parser"]

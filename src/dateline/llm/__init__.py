"""A language model as the extractor, in place of the rules: its every word must stand in the report.

It answers to the same contract as :func:`dateline.extract.claims.extract`: sentences in, drafts of claims out; who the
actors are, where the places lie and when the days were is worked out by the same code as ever.  No model comes with
the program, none is asked unless a URL is given, and nothing is said of how good any of them is.
"""

from dateline.llm.client import Client
from dateline.llm.extractor import Extractor

__all__ = ["Client", "Extractor"]

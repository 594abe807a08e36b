"""What counts as an event, and the words that tell of it.  A data layer: files, and what reads them."""

from dateline.codebook.lexicon import lexicon, read_tsv
from dateline.codebook.loader import Codebook, Rule, load_codebook

__all__ = ["Codebook", "Rule", "lexicon", "load_codebook", "read_tsv"]

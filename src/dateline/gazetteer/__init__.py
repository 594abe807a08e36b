"""Where places are: the gazetteer, its index and its hand-written tables.  A data layer, like the codebook."""

from dateline.gazetteer.gazetteer import Entry, Gazetteer

__all__ = ["Entry", "Gazetteer"]

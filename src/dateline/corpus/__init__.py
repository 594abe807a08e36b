"""Corpora of any size: cut into shards, coded by an engine, resumable, every report once in the output."""

from dateline.corpus.run import code_corpus
from dateline.corpus.tally import Summary

__all__ = ["Summary", "code_corpus"]

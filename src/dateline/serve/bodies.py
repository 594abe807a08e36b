"""What the bodies of the review desk's requests are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field

from dateline.errors import StoreError
from dateline.serve.wire import Plain

Reason = Annotated[Plain, Field(max_length=10_000)]
Id = Annotated[Plain, Field(min_length=1, max_length=500)]


class Strict(BaseModel):
    """A body that has these fields and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


@contextmanager
def found() -> Iterator[None]:
    """What is not there is answered with 404."""
    try:
        yield
    except StoreError as e:
        if e.__cause__ is not None:
            raise
        raise HTTPException(404, e.message) from None

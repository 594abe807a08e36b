"""The trained encoder: words → a vector.  It is loaded when it is first asked, and only then."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights"


@cache
def _loaded() -> tuple[Any, Any]:
    """The tokenizer and the encoder's session: one thread, since many processes code side by side."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(WEIGHTS / "encoder.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    tokenizer.no_padding()
    return tokenizer, session


def encode(text: str) -> NDArray[np.float32]:
    """A vector of length one that stands for some words (384 numbers); what is over 128 word pieces is left out."""
    tokenizer, session = _loaded()
    coded = tokenizer.encode(text)
    ids = np.array([coded.ids], dtype=np.int64)
    (told,) = session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
    return np.asarray(told[0], dtype=np.float32)


@cache
def layers() -> dict[str, NDArray[Any]]:
    """The arrays of ``weights/layers.npz`` by name."""
    with np.load(WEIGHTS / "layers.npz", allow_pickle=False) as found:
        return {name: found[name] for name in found.files}

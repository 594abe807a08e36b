"""What stands on one word itself: its auxiliaries, its negation, its hedging adverbs."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract.modality_words import Words
from dateline.types import Modality, Sentence


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on one word itself."""

    negation: str = ""
    soft: Modality | None = None
    soft_cue: str = ""


def auxiliaries(s: Sentence, n: int) -> list[str]:
    return [s.lower[c] for c in s.children[n] if s.deps[c] in {"aux", "auxpass"}]


def marks_of(s: Sentence, n: int, words: Words, *, trigger: bool = False, below: int = -1) -> Marks:
    """Auxiliaries, negation and adverbs of one word; ``below`` is the dependent that we come from."""
    negation, soft, cue = "", None, ""
    habit = False
    for c in s.children[n]:
        if c == below:
            continue
        word, dep = s.lower[c], s.deps[c]
        if dep in {"aux", "auxpass"}:
            if (found := words.auxiliaries.get(word)) and soft is None and word != "to":
                soft, cue = _auxiliary(s, n, word, found, words)
        elif _negates(s, n, c, words, trigger):
            negation = word if dep in {"neg", "det", "advmod", "preconj", "cc"} else s.lower[s.edges[c][0]]
        elif dep in {"advmod", "amod", "compound", "nmod", "npadvmod", "det"}:
            habit = habit or word in words.sets["habits"]
            if word in words.sets["hedges"]:
                soft, cue = "uncertain", word
            elif word in words.sets["falsely"]:
                negation = word
            elif s.tags[n][0] == "N" and word in words.modifiers:
                said = words.modifiers[word]
                if said == "denied":
                    negation = "" if s.lemmas[n] in words.sets["attempts"] else word
                elif soft is None and not (word == "likely" and dep == "advmod"):
                    soft, cue = said, word
        elif dep == "prep" and word == "according" and _doubted(s, c, words):
            soft, cue = "uncertain", word
    if not soft and s.deps[n] == "ROOT" and s.tags[n] == "VB" and infinitive(s, n):
        soft, cue = "future", "to"  # a headline's "Army to leave the city"
    if habit and cue in {"would", "could", "'d"}:
        soft, cue = None, ""
    return Marks(negation, soft, cue)


def _auxiliary(s: Sentence, n: int, word: str, found: Modality, words: Words) -> tuple[Modality | None, str]:
    """What a modal says of its verb; the perfect makes it a guess ("must have fled"), the senses do not count."""
    others = auxiliaries(s, n)
    if word in {"could", "can", "ca"} and s.lemmas[n] in words.sets["perception"]:
        return None, ""
    if "have" in others and word in {"would", "must", "should", "could", "will", "ought", "'d"}:
        return "uncertain", word
    if word == "'d" and s.tags[n] == "VBN":
        return None, ""
    return found, word


def _negates(s: Sentence, n: int, c: int, words: Words, trigger: bool) -> bool:
    """Whether a dependent negates its head."""
    word, dep = s.lower[c], s.deps[c]
    after = s.lower[c + 1] if c + 1 < len(s) else ""
    if dep in {"nsubj", "nsubjpass"} or (trigger and dep == "dobj" and s.tags[n][0] == "V"):
        if word in words.sets["negated_subjects"]:
            return True
        return any(
            s.lower[k] in {"no", "neither"} and s.deps[k] in {"det", "neg", "preconj"} and not softened(s, k, words)
            for k in s.children[c]
        )
    if dep == "advmod" and word == "longer" and c and s.lower[c - 1] == "no":
        return True
    if word not in words.sets["negations"] or after in words.sets["not_negations"]:
        return False
    if dep not in {"neg", "advmod", "det", "preconj", "cc"}:
        return False
    if dep == "cc" and word != "nor":
        return False
    if s.tags[n][0] == "V" and word in {"not", "n't"} and _until(s, n) and not modal(s, n, words):
        return False  # "did not leave until Monday": it left
    return not (word == "no" and dep == "advmod")


def softened(s: Sentence, k: int, words: Words) -> bool:
    return k + 1 < len(s) and s.lower[k + 1] in words.sets["not_negations"]


def _until(s: Sentence, n: int) -> bool:
    return any(
        s.lower[c] in {"until", "till"} or (s.deps[c] == "advcl" and any(s.lower[m] == "until" for m in s.children[c]))
        for c in s.children[n]
    )


def modal(s: Sentence, n: int, words: Words) -> bool:
    """Whether a verb has a modal of its own."""
    return any(a in words.auxiliaries and a != "to" for a in auxiliaries(s, n))


def _doubted(s: Sentence, n: int, words: Words) -> bool:
    """ "according to unconfirmed reports"."""
    first, last = s.edges[n]
    return any(words.modifiers.get(s.lower[i]) == "uncertain" for i in range(first, last + 1))


def infinitive(s: Sentence, n: int) -> bool:
    return "to" in auxiliaries(s, n)


def perfect(s: Sentence, n: int) -> bool:
    aux = auxiliaries(s, n)
    return "to" in aux and "have" in aux

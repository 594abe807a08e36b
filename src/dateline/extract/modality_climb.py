"""From a word to the word that governs it, and what becomes of an event there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.extract.modality_marks import auxiliaries, infinitive, modal, perfect, softened
from dateline.extract.modality_words import Governor, Words
from dateline.types import Mention, Modality, Sentence

Scope = Literal["all", "soft", "none"]
"""How much of the next word's own marks count for the event: all of them, all but its negation, or none."""

_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acomp", "oprd"})
NOMINAL = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "dative", "pobj", "compound", "nmod", "npadvmod"})
BE = frozenset({"be", "are", "am", "'re", "'m"})
_COPULAS = BE | frozenset({"remain", "become", "seem", "appear", "look"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_NOUN_PREPOSITIONS = frozenset({"of", "for", "to", "over", "at", "by", "against", "from"})
_TOLD = frozenset(
    {"rumour", "rumor", "allegation", "suspicion", "possibility", "fear", "claim", "denial", "evidence", "hope"}
)
_FIRSTS = frozenset({"first", "second", "third", "last", "latest", "only", "next"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step up the tree: where to, what the governor there says, and which of its marks count."""

    to: int
    governor: Governor | None = None
    scope: Scope = "all"
    adds: Modality | None = None  # what the link itself says ("without", "if")
    cue: str = ""
    stop: bool = False
    told: bool = False  # out of a finite clause, which is told by what stands above it
    negator: int | None = None  # the word that carries the governor's negation, if not the governor


def climb(s: Sentence, n: int, nominal: bool, trigger: Mention, words: Words) -> Step | None:
    p, dep = s.heads[n], s.deps[n]
    if p == n:
        return None
    if dep == "conj":
        return _from_conjunct(s, n, p)
    if dep in _CLAUSAL:
        return _from_complement(s, n, p, words)
    if dep == "advcl":
        return _from_adverbial(s, n, p, words)
    if dep == "acl" or (dep == "relcl" and (infinitive(s, n) or _misread(s, n, p))):
        return _from_noun_clause(s, n, p, words)
    if dep in {"pobj", "pcomp"}:
        return _from_preposition(s, n, p, nominal, trigger, words)
    if dep == "prep":
        return Step(p, scope="none") if not nominal else None
    if dep in NOMINAL or dep in {"dobj", "attr"}:
        return _from_noun(s, n, p, dep, trigger, words)
    return None


def _misread(s: Sentence, n: int, p: int) -> bool:
    """ "the rumour that he fled" taken for a relative clause."""
    return s.lemmas[p] in _TOLD and any(s.lower[c] == "that" and s.deps[c] == "dobj" for c in s.children[n])


def _from_conjunct(s: Sentence, n: int, p: int) -> Step:
    """A coordinated word is governed as the first one is; it shares what stands before both."""
    own = [c for c in s.children[n] if s.deps[c] in {"aux", "auxpass", "nsubj", "nsubjpass", "det", "neg"}]
    tag = s.tags[n]
    if tag[0] == "N":
        return Step(p, scope="none" if own else "all")
    alike = tag == s.tags[p] and tag in {"VB", "VBN", "VBG"}
    but = any(s.deps[c] == "cc" and s.lower[c] in {"but", "then"} for c in s.children[p])
    if not alike or any(s.deps[c] != "det" for c in own):
        return Step(p, scope="none")
    return Step(p, scope="soft" if but else "all")


def _find(table: Mapping[str, tuple[Governor, ...]], keys: tuple[str, ...], fits: frozenset[str]) -> Governor | None:
    """The first governor that may take the event; one made for just such a complement before a general one."""
    for key in keys:
        fitting = [g for g in table.get(key, ()) if g.only in fits]
        if fitting:
            return next((g for g in fitting if g.only), fitting[0])
    return None


def _table(s: Sentence, n: int, words: Words) -> Mapping[str, tuple[Governor, ...]]:
    tag = s.tags[n][0]
    return words.nouns if tag == "N" else words.adjectives if tag == "J" else words.verbs


def _past(s: Sentence, n: int) -> bool:
    """Whether a finite clause tells of what has been."""
    aux = set(auxiliaries(s, n))
    return not aux & {"would", "will", "could", "should"} and (
        s.tags[n] == "VBD" or bool(aux & {"had", "has", "have", "was", "were", "did"})
    )


def _fits(s: Sentence, n: int, g: int) -> frozenset[str]:
    """Which restricted governors a clause may stand under."""
    fits = {"", "clause"}
    if infinitive(s, n):
        fits.add("to")
        if "be" in {s.lemmas[c] for c in s.children[g] if s.deps[c] == "auxpass"} or s.deps[g] in {"acl", "amod"}:
            fits.add("passive")
    if s.deps[n] == "oprd":
        fits.add("passive")
    return frozenset(fits)


def _from_complement(s: Sentence, n: int, p: int, words: Words) -> Step:
    """Out of a complement clause ("denied that…", "failed to…", "it was unclear whether…")."""
    finite = s.tags[n] in {"VBD", "VBZ", "VBP", "MD"} or any(
        a in {"has", "had", "was", "were", "is", "are"} for a in auxiliaries(s, n)
    )
    finite = finite and not infinitive(s, n)
    scope: Scope = "none" if finite else "all"
    g, negator = p, None
    if s.lemmas[p] in _COPULAS and s.deps[n] != "acomp":
        predicate = next((c for c in s.children[p] if s.deps[c] in {"acomp", "attr", "oprd"} and c != n), None)
        if predicate is not None and _find(_table(s, predicate, words), _keys(s, predicate), _fits(s, n, predicate)):
            g, negator = predicate, p
    elif s.deps[p] == "acomp":
        negator = s.heads[p]
    if any(s.lower[c] in words.sets["whether"] and s.deps[c] in {"mark", "advmod", "preconj"} for c in s.children[n]):
        return Step(g, adds="uncertain", cue="whether", scope="none", negator=negator)
    if finite and s.tags[s.edges[n][0]][0] == "W":
        return Step(g, stop=True)  # "did not say who attacked": somebody did
    governor = _find(_table(s, g, words), _keys(s, g), _fits(s, n, g))
    if s.lemmas[n] in words.sets["fixed"] and s.lemmas[g] in BE:
        governor = None
    if governor and governor.holds == "future":
        if perfect(s, n):
            governor = Governor("uncertain", "denied", "")
        elif finite and _past(s, n):
            governor = None
    if governor:
        return Step(g, governor, scope, told=finite, negator=negator)
    if s.lower[p] in {"have", "has", "had"} and s.deps[n] == "xcomp" and infinitive(s, n):
        if any(s.lower[c] == "yet" for c in s.children[p]) or "yet" in s.lower[p + 1 : p + 3]:
            return Step(p, scope="none", adds="denied", cue="yet")
        return Step(p, adds=None if s.lower[p] == "had" else "future", cue="have")
    done = s.lemmas[g] in words.sets["done"] or s.lower[g] in words.sets["done"] or s.lemmas[n] in words.sets["fixed"]
    if s.deps[n] in {"xcomp", "ccomp"} and infinitive(s, n) and not done and not perfect(s, n):
        return Step(g, adds="future", cue="to", scope=scope, negator=negator)
    if s.lemmas[g] in words.sets["ends"]:
        return Step(g, stop=True)
    return Step(g, scope=scope, told=finite, negator=negator)


def _keys(s: Sentence, n: int) -> tuple[str, ...]:
    return (s.lower[n], s.lemmas[n]) if s.lower[n] != s.lemmas[n] else (s.lower[n],)


def _from_adverbial(s: Sentence, n: int, p: int, words: Words) -> Step | None:
    """Out of an adverbial clause: a condition or a purpose has not happened, the rest speaks for itself."""
    marks = [s.lower[c] for c in s.children[n] if s.deps[c] in {"mark", "advmod"} and c < n]
    for mark in marks:
        if mark in words.sets["conditions"] and mark != "provided":
            return Step(p, adds="future", cue=mark, stop=True)
        if mark in words.sets["temporal"]:
            present = s.tags[n] in {"VBP", "VBZ", "VB"} and not set(auxiliaries(s, n)) & {"did", "had", "was", "were"}
            return Step(p, scope="soft") if present and modal(s, p, words) else None
    if any(mark in {"whether"} for mark in marks):
        return Step(p, adds="uncertain", cue="whether", stop=True)
    if infinitive(s, n):
        done = s.lemmas[p] in words.sets["done"] or perfect(s, n)
        governor = _find(_table(s, p, words), _keys(s, p), _fits(s, n, p))
        if governor:
            return Step(p, governor)
        return Step(p, scope="soft") if done else Step(p, adds="future", cue="to", stop=True)
    if s.tags[n] in {"VBG", "VBN"} and not marks:
        return Step(p, scope="soft")
    return None


def _from_noun_clause(s: Sentence, n: int, p: int, words: Words) -> Step | None:
    """Out of a clause on a noun: "a plan to…", "reports that…"."""
    that = any(s.deps[c] == "mark" or (s.deps[n] == "relcl" and s.lower[c] == "that") for c in s.children[n])
    if not that and not infinitive(s, n):
        return None  # "the troops besieging the town"
    governor = _find(words.nouns, _keys(s, p), _fits(s, n, p))
    if governor:
        return Step(p, governor)
    if that:
        return Step(p)
    if s.deps[p] in {"dobj", "nsubjpass"}:  # "ordered troops to leave" with the infinitive hung on the troops
        v = s.heads[p]
        governor = _find(words.verbs, _keys(s, v), frozenset({"to"})) or _find(
            words.verbs, _keys(s, v), frozenset({""})
        )
        if governor:
            return Step(v, governor)
        if s.lemmas[v] in words.sets["done"]:
            return Step(v)
    if any(s.lower[c] in _FIRSTS for c in s.children[p]) or s.lower[p] in _FIRSTS or perfect(s, n):
        return None
    return Step(p, adds="future", cue="to", stop=True)


def _noun_fits(s: Sentence, n: int, words: Words) -> frozenset[str]:
    """Which restricted governors a noun may stand under."""
    fits = {"", "noun"}
    if not any(s.lower[c] in _DEFINITE or s.deps[c] == "poss" for c in s.children[n]):
        fits.add("vague")
    if s.lemmas[n] not in words.sets["pacts"]:
        fits.add("deed")
    if any(g.holds == "future" for g in words.nouns.get(s.lemmas[n], ())):
        fits.add("plan")
    return frozenset(fits)


def _from_preposition(s: Sentence, n: int, q: int, nominal: bool, trigger: Mention, words: Words) -> Step | None:
    """Out of a prepositional phrase: the word before the preposition may govern the event ("risk of war")."""
    word, g = s.lower[q], s.heads[q]
    for phrase, said in words.phrases.get(word, ()):
        if tuple(s.lower[max(0, q - len(phrase) + 1) : q + 1]) == phrase:
            if softened(s, q, words) is False or said != "denied":
                return Step(g, adds=said, cue=phrase[0], stop=True)
    for c in s.children[q]:
        if s.deps[c] in {"advmod", "amod"} and s.lower[c] in words.sets["hedges"]:
            return Step(g, adds="uncertain", cue=s.lower[c], stop=True)
    if g == q or (s.deps[q] not in {"prep", "agent", "prt", "dative"}):
        return None
    if s.tags[g] in {"IN", "TO"}:
        return _from_preposition(s, q, g, nominal, trigger, words) if s.deps[g] == "prep" else None
    if trigger.first <= g <= trigger.last:
        return Step(g)
    fits = _noun_fits(s, n, words) if nominal else frozenset({"", "clause"})
    joined = tuple(f"{k} {word}" for k in _keys(s, g))
    keys = joined + (_keys(s, g) if s.tags[g][0] == "N" and word in _NOUN_PREPOSITIONS else ())
    governor = _find(_table(s, g, words), keys, fits)
    if governor:
        negator = s.heads[g] if s.deps[g] == "acomp" else None
        return Step(g, governor, negator=negator)
    tag = s.tags[g][0]
    if (
        tag == "N"
        and word in {"of", "in", "to"}
        and (s.lemmas[g] in words.sets["nouns"] or s.lower[g] in words.sets["nouns"])
    ):
        return Step(g)
    if tag != "V":
        return None
    if any(k in words.sets["prepositions"] for k in joined):
        return Step(g)
    if not nominal:
        done = word in {"in", "from", "by", "into"} and s.lemmas[g] in words.sets["done"]
        return Step(g) if done else Step(g, scope="soft") if word == "by" else None
    if s.lemmas[g] in words.sets["effects"] and word in {"in", "by", "from", "with"}:
        return Step(g, scope="soft")
    return None


def _from_noun(s: Sentence, n: int, p: int, dep: str, trigger: Mention, words: Words) -> Step | None:
    """Out of a noun's place as subject, object or modifier."""
    if trigger.first <= p <= trigger.last:
        return Step(p)
    lemma = s.lemmas[p]
    if dep in {"compound", "nmod"}:
        governor = _find(words.nouns, _keys(s, p), frozenset({"", "noun"}))
        if governor and lemma in words.sets["compounds"]:
            return Step(p, governor)
        return Step(p) if lemma in words.sets["wholes"] else None
    if dep == "nsubj":
        return _from_subject(s, n, p, words)
    fits = _noun_fits(s, n, words)
    if dep == "nsubjpass" and (what := _raised(s, p)) is not None:
        if not _happens(s, what, n, words):
            return None
        fits |= {"to", "clause"}
    particle = tuple(f"{lemma} {s.lower[c]}" for c in s.children[p] if s.deps[c] == "prt")
    governor = _find(_table(s, p, words), particle + _keys(s, p), fits)
    if governor:
        return Step(p, governor)
    if dep == "nsubjpass":
        if lemma in words.sets["objects"] or s.lemmas[n] in words.sets["measures"]:
            return Step(p)
        return Step(p, scope="soft") if lemma in words.sets["effects"] else None
    if dep == "attr" and lemma in _COPULAS:
        definite = any(s.lower[c] in _DEFINITE for c in s.children[n])
        return None if definite else Step(p)  # "may be the worst attack": there was one
    if lemma in words.sets["objects"]:
        return Step(p)
    return None


def _raised(s: Sentence, p: int) -> int | None:
    """The infinitive below a word, whose subject the word's subject is ("likely to resume")."""
    return next((c for c in s.children[p] if s.deps[c] == "xcomp" and infinitive(s, c)), None)


def _happens(s: Sentence, v: int, n: int, words: Words) -> bool:
    """Whether a verb tells that its subject, an event, takes place."""
    if s.lemmas[n] in words.sets["measures"] or s.lemmas[v] in words.sets["subjects"] - {"be"}:
        return True
    return s.lemmas[v] in words.sets["objects"] and any(s.deps[c] == "auxpass" for c in s.children[v])


def _from_subject(s: Sentence, n: int, p: int, words: Words) -> Step | None:
    lemma = s.lemmas[p]
    predicates = [c for c in s.children[p] if s.deps[c] in {"acomp", "oprd"}] if lemma in _COPULAS else []
    for c in predicates:
        what = _raised(s, c)
        if what is not None and not _happens(s, what, n, words):
            return None
        governor = _find(_table(s, c, words), _keys(s, c), frozenset({"", "noun"} if what is None else {"", "to"}))
        if governor and governor.holds != "asserted":
            return Step(c, governor, negator=p)
    what = _raised(s, p)
    if what is not None and not _happens(s, what, n, words):
        return None
    governor = _find(words.verbs, _keys(s, p), frozenset({"subject"}))
    if governor and (what is not None or lemma not in _COPULAS):
        return Step(p, governor)
    if what is not None and s.lower[p] == "going":
        return Step(p, adds="future", cue="going")
    if s.lemmas[n] in words.sets["measures"]:
        return Step(p)
    if lemma in BE:
        event = any(s.deps[c] in {"attr", "acomp"} for c in s.children[p])
        return None if event else Step(p)
    return Step(p) if lemma in words.sets["subjects"] else None

"""Whether an event is told as having happened: asserted, denied, uncertain or future.

The reading starts at the event's word and climbs the dependency tree.  At each step the word above says what
becomes of what stands in its complement (lexicon ``modality``, ``governors``), and its own auxiliaries,
negation and adverbs are added.  The climb ends where the sentence no longer speaks of whether the event was:
at a relative clause, at a temporal clause, or at a verb that takes the event for granted.  The idea of
composing the polarity and certainty of nested predicates is that of Saurí and Pustejovsky's event factuality
profiles (2012); reporting verbs leave the event as it is, since who says so is the source's business.
"""

from __future__ import annotations

from dateline.extract.modality_climb import NOMINAL, Scope, climb
from dateline.extract.modality_marks import Marks, marks_of
from dateline.extract.modality_words import modality_words
from dateline.types import Mention, Modality, Sentence

_TRYING = frozenset({"try", "attempt"})

_Reading = tuple[Modality, str]


def modality_of(sentence: Sentence, trigger: Mention, type: str = "") -> tuple[Modality, str]:
    """How the sentence tells the event, and the lower-cased word that decided ("" where it is asserted).

    Words of saying are transparent.  Of two readings, a denial of a plan is a denial, a doubt about a denial
    a doubt, and a denied denial an assertion.

    Args:
        sentence: the parsed sentence.
        trigger: the event's words in it.
        type: the event's type, where known: a threat is made by the "will" that puts other events off.
    """
    words = modality_words()
    at = start_of(sentence, trigger)
    marks = marks_of(sentence, at, words, trigger=True)
    if type in words.sets["spoken"] and marks.soft == "future":
        marks = Marks(marks.negation)
    reading = _apply(("asserted", ""), marks, "all")
    nominal = sentence.tags[at][0] == "N" or sentence.deps[at] in NOMINAL
    told = False  # whether we have left a finite clause: the marks of what stands above it are its own
    for _ in range(len(sentence)):
        step = climb(sentence, at, nominal, trigger, words)
        if step is None:
            break
        if step.adds:
            reading = _outer(reading, step.adds, step.cue)
        if step.stop:
            return reading
        marks = marks_of(sentence, step.to, words, below=at)
        if step.negator is not None:
            marks = _both(marks, marks_of(sentence, step.negator, words, below=at))
        if step.governor:
            if sentence.lemmas[step.to] in _TRYING and reading[0] == "asserted" and type not in words.sets["tried"]:
                reading = "future", sentence.lower[step.to]
            said = step.governor.negated if marks.negation else step.governor.holds
            reading = _outer(reading, said, marks.negation or sentence.lower[step.to])
            marks = Marks("", marks.soft, marks.soft_cue)
        told = told or step.told
        reading = _apply(reading, marks, "none" if told else step.scope)
        at = step.to if step.negator is None else step.negator
        nominal = sentence.tags[at][0] == "N"
    if reading[0] == "asserted" and sentence.lower[-1] == "?" and _asks(sentence, at):
        return "uncertain", "?"
    return reading


def _asks(s: Sentence, root: int) -> bool:
    """Whether a clause asks whether something was: its auxiliary stands before its subject."""
    subject = next((c for c in s.children[root] if s.deps[c] in {"nsubj", "nsubjpass", "expl"}), -1)
    asked = any(s.deps[c] in {"aux", "auxpass"} and c < subject for c in s.children[root]) or root < subject
    return asked and not any(s.tags[c][0] == "W" for c in s.children[root] if c < subject)


# ------------------------------------------------------------------------------------------ composing


def _outer(inner: _Reading, said: Modality, cue: str) -> _Reading:
    """What becomes of a reading under a word that says ``said`` of its complement."""
    now = inner[0]
    if said == "asserted":
        return inner
    if now == "asserted":
        return said, cue
    if now == "denied":
        if said == "denied":
            return "asserted", ""
        return said, cue
    if said == "denied":
        return said, cue
    return inner


def _apply(reading: _Reading, marks: Marks, scope: Scope) -> _Reading:
    """Add a word's own auxiliaries, adverbs and negation."""
    if scope == "none":
        return reading
    if marks.negation and scope != "soft":
        if marks.soft == "uncertain" and marks.soft_cue in {"may", "might", *modality_words().sets["hedges"]}:
            return _outer(reading, "uncertain", marks.soft_cue)
        return _outer(reading, "denied", marks.negation)
    if marks.soft:
        return _outer(reading, marks.soft, marks.soft_cue)
    return reading


def _both(a: Marks, b: Marks) -> Marks:
    if a.soft:
        return Marks(a.negation or b.negation, a.soft, a.soft_cue)
    return Marks(a.negation or b.negation, b.soft, b.soft_cue)


def start_of(s: Sentence, trigger: Mention) -> int:
    """The word to start from: the trigger's head, or the verb of a bare particle or auxiliary."""
    at = trigger.head
    while s.deps[at] in {"prt", "aux", "auxpass", "det", "neg"} and s.heads[at] != at:
        at = s.heads[at]
    return at

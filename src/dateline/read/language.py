"""Is a report in English?"""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 2000  # characters
_LEAST = 60  # letters; a shorter text is given the benefit of the doubt
_SURE = 0.9
_WORDS = frozenset(
    "the of and to in a that for on was were by said with has have had from at as is it an be who after".split()
)


def other_language(text: str) -> str:
    """ISO 639-1 code of the language of a text that is plainly not English; "" otherwise."""
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _LEAST:
        return ""
    words = sample.lower().split()
    if sum(w in _WORDS for w in words) >= 0.12 * len(words):
        return ""
    language, share = _identifier().classify(sample)
    if sum(c.isalpha() and c > "\u024f" for c in sample) > sum(c.isascii() and c.isalpha() for c in sample):
        return str(language) if language != "en" else "und"  # another script
    return str(language) if language != "en" and share >= _SURE else ""


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

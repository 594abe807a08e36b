"""The extractor: questions out, checked drafts back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from json import loads

from dateline.codebook.loader import Codebook
from dateline.extract.company import Names
from dateline.extract.context import evidence_of
from dateline.extract.times import find_times
from dateline.llm.check import Checker, claims_of
from dateline.llm.client import Client
from dateline.llm.prompt import questions, system
from dateline.types import Draft, Sentence


class Extractor:
    """Asks a model for a report's claims; called like :func:`dateline.extract.claims.extract`.

    ``label`` names the model in every record; ``refused`` counts what was refused of its answers, by reason, over all
    reports so far.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self.label = f"llm {client.model}"
        self.refused: Counter[str] = Counter()

    def __call__(
        self, sentences: Sequence[Sentence], text: str, published: str | None, codebook: Codebook, names: Names
    ) -> list[Draft]:
        """Every claim of a report that the model finds and that stands there, in order of the text.

        Raises:
            ModelError: nobody answers at the URL.
            RejectedReport: the answer is late, or no answer.
        """
        checker = Checker(
            sentences={s.index: s for s in sentences},
            text=text,
            codebook=codebook,
            times=dict(enumerate(find_times(sentences, text, published))),
            refused=self.refused,
        )
        task = system(codebook)
        taken: Counter[int] = Counter()
        found: dict[tuple[str, int, int, int], Draft] = {}
        for question in questions(sentences, text):
            asked = frozenset(s["sentence"] for s in loads(question)["sentences"])
            for raw in claims_of(self._client.ask(task, question)):
                draft = checker.draft(raw, asked, taken)
                if draft is None:
                    continue
                key = (draft.type, draft.trigger.sentence, draft.trigger.first, draft.trigger.last)
                if key in found:
                    self.refused["claim is told twice"] += 1
                    continue
                s = checker.sentences[draft.trigger.sentence]
                draft.evidence = evidence_of(s, draft.trigger, sentences)
                found[key] = draft
        return sorted(found.values(), key=lambda d: d.trigger)

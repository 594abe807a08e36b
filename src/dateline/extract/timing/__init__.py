"""When things happened: the grammar of dates, and which date belongs to which happening.

``words`` (lists and calendar) ← ``tense`` ← ``cursor`` ← ``years`` ← ``dates``, ``units`` ← ``grammar``;
``words`` ← ``hosts`` ← ``attach``.
"""

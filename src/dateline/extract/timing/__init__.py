"""When things happened: the grammar of dates, and which date belongs to which happening.

``words`` (lists and calendar) ← ``tense`` ← ``cursor`` ← ``dates``, ``units`` ← ``grammar``; ``attach`` stands apart.
"""

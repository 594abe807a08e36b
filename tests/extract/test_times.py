"""Dates of a report: the grammar's intervals, and which of them dates an event."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.times import find_times, time_of
from dateline.types import Sentence, TimeMention

Parse = Callable[[str], list[Sentence]]
PUBLISHED = "2020-02-07"  # a Friday


def mentions(parse: Parse, text: str, published: str | None = PUBLISHED) -> list[TimeMention]:
    return [t for times in find_times(parse(text), text, published) for t in times]


def intervals(
    parse: Parse, text: str, published: str | None = PUBLISHED
) -> list[tuple[str | None, str | None, int, str]]:
    return [(t.earliest, t.latest, t.precision, t.role) for t in mentions(parse, text, published)]


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("Jets bombed the camp on Wednesday.", "2020-02-05", "2020-02-05", 1),
        ("Jets bombed the camp on Friday.", "2020-02-07", "2020-02-07", 1),
        ("Jets bombed the camp last Friday.", "2020-01-31", "2020-01-31", 1),
        ("Jets bombed the camp on Saturday night.", "2020-02-01", "2020-02-01", 1),
        ("Jets bombed the camp early on Tuesday.", "2020-02-04", "2020-02-04", 1),
        ("Jets bombed the camp on Thursday last week.", "2020-01-30", "2020-01-30", 1),
        ("Mondays raid on the camp killed nine people.", "2020-02-03", "2020-02-03", 1),
        ("Delegates will meet in Geneva on Monday.", "2020-02-10", "2020-02-10", 1),
        ("Talks begin on Monday.", "2020-02-10", "2020-02-10", 1),
        ("They prepared the meeting to be held on Monday.", "2020-02-10", "2020-02-10", 1),
        ("He was the third reporter to be killed on Monday.", "2020-02-03", "2020-02-03", 1),
        ("The town fell in the first half of 2015.", "2015-01-01", "2015-06-30", 5),
        ("The town fell in the last week of June.", "2019-06-24", "2019-06-30", 3),
        ("The convoy leaves next Friday.", "2020-02-14", "2020-02-14", 1),
        ("The aid is due to arrive on Saturday.", "2020-02-08", "2020-02-08", 1),
        ("The camp was hit yesterday morning.", "2020-02-06", "2020-02-06", 1),
        ("The camp was hit this morning.", "2020-02-07", "2020-02-07", 1),
        ("The camp was hit last night.", "2020-02-06", "2020-02-06", 1),
        ("Clashes broke out overnight near the dam.", "2020-02-06", "2020-02-07", 2),
        ("The camp was hit last week.", "2020-01-27", "2020-02-02", 3),
        ("The camp was hit earlier this week.", "2020-02-03", "2020-02-07", 2),
        ("Over the weekend, the camp was hit.", "2020-02-01", "2020-02-02", 2),
        ("The camp was hit last month.", "2020-01-01", "2020-01-31", 4),
        ("The camp was hit earlier this month.", "2020-02-01", "2020-02-07", 3),
        ("The camp was hit this year.", "2020-01-01", "2020-02-07", 5),
        ("The camp was hit last year.", "2019-01-01", "2019-12-31", 5),
        ("The camp was hit late last year.", "2019-09-01", "2019-12-31", 5),
        ("The uprising began in early 2011.", "2011-01-01", "2011-04-30", 5),
        ("The uprising began in mid 2011.", "2011-05-01", "2011-08-31", 5),
        ("The uprising began in mid-2011.", "2011-05-01", "2011-08-31", 5),
        ("The uprising began at the end of 2011.", "2011-11-01", "2011-12-31", 5),
        ("The town fell in mid-March.", "2019-03-11", "2019-03-20", 4),
        ("The town fell at the beginning of May.", "2019-05-01", "2019-05-10", 4),
        ("The town fell in the spring of 2014.", "2014-03-01", "2014-05-31", 5),
        ("The town fell last summer.", "2019-06-01", "2019-08-31", 5),
        ("The town fell in the winter of 2014.", "2014-12-01", "2015-02-28", 5),
        ("The town fell on 7 February 2019.", "2019-02-07", "2019-02-07", 1),
        ("The town fell on February 7, 2019.", "2019-02-07", "2019-02-07", 1),
        ("The town fell on Feb. 5.", "2020-02-05", "2020-02-05", 1),
        ("The town fell on the 7th of February.", "2020-02-07", "2020-02-07", 1),
        ("The town fell on 12 March.", "2019-03-12", "2019-03-12", 1),
        ("The ultimatum expires on 12 March.", "2020-03-12", "2020-03-12", 1),
        ("The town fell on 2019-03-12.", "2019-03-12", "2019-03-12", 1),
        ("The town fell on 25/12/2019.", "2019-12-25", "2019-12-25", 1),
        ("The town fell on Tuesday, 5 March 2019.", "2019-03-05", "2019-03-05", 1),
        ("It lasted from 3 to 5 May.", "2019-05-03", "2019-05-05", 2),
        ("It lasted from 3 May to 5 June 2016.", "2016-05-03", "2016-06-05", 5),
        ("It happened between May 3 and May 5.", "2019-05-03", "2019-05-05", 2),
        ("The siege of May 3-5 killed nine.", "2019-05-03", "2019-05-05", 2),
        ("Shelling between Monday and Wednesday killed nine.", "2020-02-03", "2020-02-05", 2),
        ("Shelling from Saturday to Monday killed nine.", "2020-02-01", "2020-02-03", 2),
        ("The town fell in December 2019.", "2019-12-01", "2019-12-31", 4),
        ("The town fell in December.", "2019-12-01", "2019-12-31", 4),
        ("The town fell in May.", "2019-05-01", "2019-05-31", 4),
        ("The town fell in March last year.", "2019-03-01", "2019-03-31", 4),
        ("The town fell in 2015.", "2015-01-01", "2015-12-31", 5),
        ("In 2015 rebels took the town.", "2015-01-01", "2015-12-31", 5),
        ("The town by the river fell to the government's army in 20\n16 after a siege.", "2016-01-01", "2016-12-31", 5),
        ("Between 2012 and 2014 the town was held by rebels.", "2012-01-01", "2014-12-31", 5),
        ("The town fell two weeks ago.", "2020-01-20", "2020-01-26", 3),
        ("The town fell three years ago.", "2017-01-01", "2017-12-31", 5),
        ("The town fell two days ago.", "2020-02-05", "2020-02-05", 1),
        ("The raid hit at 10:30 am local time on Tuesday.", "2020-02-04T10:30", "2020-02-04T10:30", 1),
        ("On Tuesday at 3 pm the raid hit.", "2020-02-04T15:00", "2020-02-04T15:00", 1),
        ("The raid hit at dawn on Tuesday.", "2020-02-04", "2020-02-04", 1),
    ],
)
def test_when_it_was(parse: Parse, text: str, earliest: str, latest: str, precision: int) -> None:
    assert intervals(parse, text) == [(earliest, latest, precision, "at")]


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "role"),
    [
        ("Troops have been advancing since December.", "2019-12-01", PUBLISHED, "since"),
        ("The town has been held by rebels since 2012.", "2012-01-01", PUBLISHED, "since"),
        ("The town has been held by rebels since early 2012.", "2012-01-01", PUBLISHED, "since"),
        ("Troops have been advancing since Monday.", "2020-02-03", PUBLISHED, "since"),
        ("He told them to withdraw by the end of the month.", None, "2020-02-29", "by"),
        ("Since Monday shelling has killed nine people.", "2020-02-03", PUBLISHED, "since"),
        ("Shops are told to remain closed until Monday.", None, "2020-02-10", "by"),
        ("He gave them until Monday to leave.", None, "2020-02-10", "by"),
        ("The UN called for a truce by Monday.", None, "2020-02-10", "by"),
        ("They want to leave the town before the end of March.", None, "2020-03-31", "by"),
        ("The town has been shelled for three weeks.", "2020-01-17", PUBLISHED, "during"),
        ("The town has been shelled for days.", None, PUBLISHED, "during"),
        ("Over the past five days, jets have bombed the town.", "2020-02-02", PUBLISHED, "during"),
        ("Nine people died in the last 24 hours.", "2020-02-06", PUBLISHED, "during"),
        ("Thousands have fled in just over two months.", "2019-11-07", PUBLISHED, "during"),
        ("Thousands have fled in recent weeks.", None, PUBLISHED, "during"),
    ],
)
def test_how_long(parse: Parse, text: str, earliest: str | None, latest: str, role: str) -> None:
    ((lo, hi, _, found),) = intervals(parse, text)
    assert (lo, hi, found) == (earliest, latest, role)


@pytest.mark.parametrize(
    "text",
    [
        "The five-year conflict has emptied the town.",
        "Troops entered the town before nightfall.",
        "Soldiers may march on the capital.",
        "Some 2015 people were killed.",
        "Rebels arrived in 2000 cars.",
        "The truce has since collapsed.",
        "It was the morning of the raid.",
        "The bakery stands on May 3rd Square.",
        "He wrote it on 05-04-2016.",
        "The Sunday Mirror printed the picture.",
        "The paper is dated 07/02/2020.",
        "Activists of the Arab Spring were jailed.",
        "The army took the town in two months.",
    ],
)
def test_no_date(parse: Parse, text: str) -> None:
    assert mentions(parse, text) == []


def test_day_counted_from_another(parse: Parse) -> None:
    text = "Rebels took the dam on 3 March 2016. Two days later the army shelled it. The previous day it had rained."
    assert [t.earliest for t in mentions(parse, text)] == ["2016-03-03", "2016-03-05", "2016-03-04"]


def test_nothing_to_count_from(parse: Parse) -> None:
    assert mentions(parse, "Two days later the army shelled the dam.") == []
    assert mentions(parse, "Three days after the raid the army came back.") == []


def test_since_then(parse: Parse) -> None:
    text = "The war began in mid 2011. Since then thousands have been killed."
    assert intervals(parse, text)[1] == ("2011-05-01", PUBLISHED, 5, "since")


def test_without_report_date_only_full_dates(parse: Parse) -> None:
    text = "On Monday and in December, last week and yesterday, on 3 March 2016 and in 2015 jets bombed the town."
    assert [(t.earliest, t.latest) for t in mentions(parse, text, None)] == [
        ("2016-03-03", "2016-03-03"),
        ("2015-01-01", "2015-12-31"),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Thu 06 Feb 2020 A bomb killed nine people in the market.", []),
        ("Published February 6 2020 Residents look at a street hit on February 5 2020.", ["2020-02-05"]),
        ("Posted on February 6 2020 by Rana Haddad Jets bombed the town on Wednesday.", ["2020-02-05"]),
        ("6 February 2020 Dozens of people fled the town.", []),
        ("06.02.2020Get link 40 At least nine people were killed on Wednesday.", ["2020-02-05"]),
        ("BEIRUT, Feb 6 (Agency) - Jets bombed the town on Wednesday.", ["2020-02-05"]),
        ("On February 6 2020 rebels took the town.", ["2020-02-06"]),
        ("Thursday, February 6, 2020 was the worst day.", ["2020-02-06"]),
    ],
)
def test_date_of_the_report_itself(parse: Parse, text: str, kept: list[str]) -> None:
    assert [t.earliest for t in mentions(parse, text)] == kept


def test_bad_report_date(parse: Parse) -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        find_times(parse("It rained on Monday."), "It rained on Monday.", "last Monday")


# ------------------------------------------------------------------------------------------ which one dates it


@pytest.mark.parametrize(
    ("text", "event", "words"),
    [
        ("On Tuesday, gunmen stormed the dam and guards chased them off, the Monitor said.", "stormed", "Tuesday"),
        ("On Tuesday, gunmen stormed the dam and guards chased them off, the Monitor said.", "chased", "Tuesday"),
        ("The ministry said on Tuesday that rebels had shelled the dam.", "shelled", None),
        ("The ministry said on Tuesday that rebels had shelled the dam.", "said", "Tuesday"),
        ("Rebels shelled the dam, the ministry said on Tuesday.", "shelled", None),
        ("The army said it shelled the dam on Tuesday.", "shelled", "Tuesday"),
        ("The retreat came after a raid on Monday killed nine soldiers.", "raid", "Monday"),
        ("The retreat came after a raid on Monday killed nine soldiers.", "retreat", None),
        ("Troops who took the dam in 2015 were killed.", "took", "2015"),
        ("Troops who took the dam in 2015 were killed.", "killed", None),
        ("A bomb struck a bakery on Monday, killing nine people.", "killing", "Monday"),
        ("Nine people were killed on Monday when jets struck a bakery.", "struck", "Monday"),
        ("Monday's attack killed nine people.", "attack", "Monday"),
        ("Monday's attack killed nine people.", "killed", "Monday"),
        ("Nine people were killed in an attack on Monday.", "attack", "Monday"),
        ("The council condemned Monday's attack.", "attack", "Monday"),
        ("The council condemned Monday's attack.", "condemned", None),
        ("Soldiers managed to capture the dam on Monday.", "capture", "Monday"),
        ("Rebels agreed on Monday to leave the dam.", "leave", None),
        ("The truce reached in May collapsed on Monday.", "truce", "May"),
        ("He threatened to shell the town by the end of the month.", "shell", "by the end of the month"),
        ("He demanded a withdrawal by Monday.", "withdrawal", "by Monday"),
        ("He demanded a withdrawal by Monday.", "demanded", None),
        ("Thousands have been killed since the war began in 2011.", "killed", "since the war began in 2011"),
        ("Thousands have been killed since the war began in 2011.", "war", "2011"),
        ("It was the deadliest attack since 2016.", "attack", None),
        ("The town has been at war since 2011, when police fired on a crowd.", "fired", "2011"),
        ("The 2009 mutiny has become a revolt.", "revolt", None),
        ("The army took the dam in 2014 and is fighting near the bridge.", "fighting", None),
        ("Rebels shelled the dam on Sunday, a day after soldiers entered the town.", "entered", "a day after"),
        ("Rebels shelled the dam on Sunday, a day after soldiers entered the town.", "shelled", "Sunday"),
        ("The army shelled the dam.", "shelled", None),
        ("On Monday a pair of mines laid by rebels hurt nine farmers.", "hurt", "Monday"),
        ("Jets destroyed a road that crosses the plain last Wednesday.", "destroyed", "last Wednesday"),
        ("Jets dropped a crate holding leaflets on the village on Monday.", "dropped", "Monday"),
        ("Nine people were killed during a raid that struck a market on Monday.", "killed", "Monday"),
        ("Six guards were killed on Monday and ten cooks were wounded.", "wounded", "Monday"),
        ("Thousands have been killed and millions displaced since 2011.", "killed", "since 2011"),
    ],
)
def test_which_time(parse: Parse, text: str, event: str, words: str | None) -> None:
    (s,) = parse(text)
    (times,) = find_times([s], text, PUBLISHED)
    found = time_of(s, [s.lower.index(event)], times)  # type: ignore[attr-defined]
    assert (found and text[s.starts[found.mention.first] : s.ends[found.mention.last]]) == words


def test_second_anchor_where_the_first_has_no_time(parse: Parse) -> None:
    text = "The mayor on Tuesday said the raid will be avenged."
    (s,) = parse(text)
    (times,) = find_times([s], text, PUBLISHED)
    avenged, said = s.words.index("avenged"), s.words.index("said")
    assert time_of(s, [avenged], times) is None
    found = time_of(s, [avenged, said], times)
    assert found is not None
    assert found.earliest == "2020-02-04"


# ------------------------------------------------------------------------------------------------- properties

_WORDS = """on in since by until before the early late mid last next this end of Monday Tuesday 's night March May Feb.
 3 31 5th 2016 2020-02-30 20 16 to between and from - weeks days ago two recent year month yesterday rebels shelled
 town will has been spring today then later a day earlier 10:30 am ( . , ’ é 99999 1990s overnight weekend"""
_TEXTS = st.lists(st.sampled_from([*_WORDS.split(), "\n"]), min_size=1, max_size=16).map(" ".join)
_DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(deadline=None, max_examples=80)
@given(_TEXTS, st.none() | _DAYS)
def test_intervals_are_in_order_and_offsets_fit(parse: Parse, text: str, day: date | None) -> None:
    sentences = parse(text)
    published = day.isoformat() if day else None
    found = find_times(sentences, text, published)
    assert len(found) == len(sentences)
    assert found == find_times(sentences, text, published)
    for s, times in zip(sentences, found, strict=True):
        for t in times:
            assert 0 <= t.mention.first <= t.mention.head <= t.mention.last < len(s)
            assert t.earliest is not None or t.latest is not None
            assert t.earliest is None or t.latest is None or t.earliest <= t.latest
            assert 1 <= t.precision <= 5
        for i in range(len(s)):
            assert time_of(s, [i], times) in [None, *times]


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=120))
def test_any_text(parse: Parse, text: str) -> None:
    find_times(parse(text), text, PUBLISHED)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(list(day_name)), _DAYS)
def test_weekday_is_in_the_week_up_to_the_report(parse: Parse, weekday: str, day: date) -> None:
    (t,) = mentions(parse, f"Rebels shelled the town on {weekday}.", day.isoformat())
    found = date.fromisoformat(t.earliest or "")
    assert timedelta(0) <= day - found < timedelta(7) or day.year == 1
    assert found.strftime("%A") == weekday or day.year == 1

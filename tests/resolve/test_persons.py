"""Digests of the private persons that a report names."""

from __future__ import annotations

from dateline.resolve.persons import digest, persons
from dateline.types import Sentence


def nobody(_: str) -> bool:
    return False


def test_a_name_has_one_digest_however_full_it_is(parse):
    long = persons(parse("Police identified the victim as Daniel A. Horvath Jr. of Tilden."), nobody)
    short = persons(parse("Daniel Horvath was shot on Elm Street."), nobody)
    assert long == short == (digest("daniel", "horvath"),)


def test_a_digest_does_not_tell_the_name():
    assert "horvath" not in digest("daniel", "horvath")
    assert len(digest("daniel", "horvath")) == 10


def test_who_speaks_or_holds_an_office_is_no_private_person(parse):
    text = (
        "Sheriff Martin Kessler was at the scene. Linda Brandt said shots were heard. "
        "According to Peter Lowell, nobody ran away."
    )
    assert persons(parse(text), nobody) == ()


def test_who_speaks_in_one_sentence_is_left_out_of_all(parse):
    text = "Maria Santos said that she hid. Maria Santos was in the shop with Jose Ortega."
    assert persons(parse(text), nobody) == (digest("jose", "ortega"),)


def test_streets_schools_and_hospitals_are_no_persons(parse):
    assert (
        persons(parse("He was shot near Jackson Street and Lincoln High School, not far from Grace Hospital."), nobody)
        == ()
    )


def test_an_actor_of_the_list_is_no_private_person(parse):
    sentences = parse("Daniel Horvath met Jose Ortega.")
    assert persons(sentences, lambda name: name == "Jose Ortega") == (digest("daniel", "horvath"),)


def test_a_report_that_lists_very_many_names_has_none(parse):
    sentences: list[Sentence] = parse(
        " ".join(f"Daniel Horvath{chr(97 + i)}{chr(97 + j)} was hurt." for i in range(7) for j in range(7))
    )
    assert persons(sentences, nobody) == ()

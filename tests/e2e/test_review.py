"""The review desk in a browser: what a reviewer does there is what the record then says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
Visit = Callable[..., Any]
SLOW = 60_000  # a correction reads its report closely, which loads the parser the first time

EMOJI = "🚨🚨 حلب: Shells fell on the town of Saraqeb on Monday 🇸🇾, killing three people, a resident said."

BOX_OF = """([words, nth]) => {
  const box = document.querySelector('[role="textbox"][aria-readonly]')
  const all = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  for (let node; (node = all.nextNode()); ) {
    const at = node.data.indexOf(words)
    if (at < 0) continue
    const range = document.createRange()
    range.setStart(node, at)
    range.setEnd(node, at + words.length)
    node.parentElement.scrollIntoView({ block: 'center' })
    const found = range.getClientRects()
    const [first, last] = [found[0], found[found.length - 1]]
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2]
  }
  return null
}"""


def get(page: Any, path: str) -> Any:
    answer = page.request.get(path)
    assert answer.ok, answer.text()
    return answer.json()


def select(page: Any, words: str) -> None:
    """Draw the mouse over words of the report."""
    box = page.evaluate(BOX_OF, [words, 0])
    assert box, f"{words!r} is in no piece of the text shown"
    page.mouse.move(box[0] + 2, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 2, box[3], steps=5)
    page.mouse.up()


def first_of_queue(page: Any, address: str) -> dict[str, Any]:
    found: dict[str, Any] = get(page, f"{address}/api/review/queue?limit=1")["items"][0]
    return found


def new_words(text: str, claim: dict[str, Any]) -> str:
    """A long word that stands once in the text and is none of the claim's."""
    used = json.dumps(claim, ensure_ascii=False)
    words = re.findall(r"\b[a-z]{6,}\b", text)
    return next(w for w in words if text.count(w) == 1 and w not in used)


def text_of(page: Any) -> Any:
    return page.get_by_role("textbox", name="Text of the report")


def test_words_drawn_over_become_a_correction(visit: Visit, serve: Callable[..., str]) -> None:
    address = serve()
    page = visit(f"{address}/review")
    expect(text_of(page)).to_be_visible()
    item = first_of_queue(page, address)
    claim = item["claim"]
    text = get(page, f"{address}/api/reports/{claim['report_id']}")["report"]["text"]
    word = new_words(text, claim)

    page.keyboard.press("2")
    expect(page.get_by_role("button", name="2 Who did it")).to_have_attribute("aria-pressed", "true")
    select(page, word)
    expect(page.get_by_text(f"Who did it: “{word}”. Not saved yet.")).to_be_visible()
    assert word not in json.dumps(get(page, f"{address}/api/claims/{claim['id']}")["claim"]["agents"])
    page.get_by_label("Why the correction?").fill("the report says so")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text(re.compile(r"Corrected: number \d+ in the log"))).to_be_visible(timeout=SLOW)

    agents = get(page, f"{address}/api/claims/{claim['id']}")["claim"]["agents"]
    assert (word, text.index(word)) in [(a["text"], a["start"]) for a in agents]
    row = page.get_by_role("row").filter(has_text="corrected agents")
    expect(row).to_contain_text("the report says so")
    acts = get(page, f"{address}/api/review/log?subject={claim['id']}")["items"]
    assert [(a["action"], a["why"]) for a in acts] == [("correct-claim", "the report says so")]

    page.reload()
    page.get_by_label("Judged ones too").check()
    assert claim["id"] not in [i["claim"]["id"] for i in get(page, f"{address}/api/review/queue?limit=200")["items"]]


def test_the_keyboard_alone_corrects_accepts_and_undoes(visit: Visit, serve: Callable[..., str]) -> None:
    address = serve()
    page = visit(f"{address}/review")
    expect(text_of(page)).to_be_visible()
    item = first_of_queue(page, address)
    id, before = item["claim"]["id"], item["claim"]["targets"]
    text = get(page, f"{address}/api/reports/{item['claim']['report_id']}")["report"]["text"]

    page.keyboard.press("3")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile(r"Corrected: number \d+"))).to_be_visible(timeout=SLOW)
    targets = get(page, f"{address}/api/claims/{id}")["claim"]["targets"]
    new = next(t for t in targets if t not in before)
    assert new["text"] == text[new["start"] : new["end"]]
    assert len(re.findall(r"[\w’']+", new["text"])) == 2

    page.keyboard.press("u")
    page.get_by_role("dialog").get_by_label("Reason").fill("my slip")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile(r"Undid number \d+"))).to_be_visible(timeout=SLOW)
    assert get(page, f"{address}/api/claims/{id}")["claim"]["targets"] == before

    page.keyboard.press("a")
    expect(page.get_by_text(re.compile(r"Accepted: number \d+"))).to_be_visible(timeout=SLOW)
    page.keyboard.press("j")
    queue = page.get_by_role("navigation", name="Queue").get_by_role("button")
    expect(queue.nth(1)).to_have_attribute("aria-current", "true")
    expect(queue.nth(0)).to_contain_text("accepted")
    page.keyboard.press("k")
    expect(queue.nth(0)).to_have_attribute("aria-current", "true")


def test_a_rejected_claim_leaves_its_event_and_comes_back(visit: Visit, serve: Callable[..., str]) -> None:
    address = serve()
    page = visit(f"{address}/review")
    expect(text_of(page)).to_be_visible()
    item = first_of_queue(page, address)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="Reject the claim")
    expect(dialog.get_by_role("button", name="Reject")).to_be_disabled()
    dialog.get_by_label("Why?").fill("it is a plan only")
    dialog.get_by_role("button", name="Reject").click()
    expect(page.get_by_text(re.compile(r"Rejected: number \d+"))).to_be_visible(timeout=SLOW)
    expect(dialog).to_have_count(0)
    assert get(page, f"{address}/api/review/claims/{item['claim']['id']}")["event"] is None
    page.get_by_role("button", name=re.compile("Undo number .*: rejected")).click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile(r"Undid number \d+"))).to_be_visible(timeout=SLOW)
    assert get(page, f"{address}/api/claims/{item['claim']['id']}")["event"] == item["event"]["id"]


def test_offsets_count_code_points_behind_emoji(visit: Visit, serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve()
    report = tmp_path / "emoji.jsonl"
    report.write_text(json.dumps({"id": "emoji", "text": EMOJI, "outlet": "Wire", "published": "2020-02-05"}))
    store = next(tmp_path.glob("*.db"))
    subprocess.run([sys.executable, "-m", "dateline", "add", str(report), "--store", str(store)], check=True)
    page = visit(address)
    claim = get(page, f"{address}/api/reports/emoji")["claims"][0]
    page.goto(f"{address}/review?claim={claim['id']}")
    expect(text_of(page)).to_contain_text("Saraqeb")
    page.keyboard.press("4")
    select(page, "Monday")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text(re.compile(r"Corrected: number \d+"))).to_be_visible(timeout=SLOW)
    place = get(page, f"{address}/api/claims/{claim['id']}")["claim"]["place"]
    assert (place["text"], place["start"], place["end"]) == ("Monday", EMOJI.index("Monday"), EMOJI.index("Monday") + 6)
    select(page, "حلب")
    expect(page.get_by_text("“حلب” is selected")).to_be_visible()


def test_events_are_merged_and_parted_again(visit: Visit, serve: Callable[..., str]) -> None:
    address = serve()
    page = visit(f"{address}/review")
    expect(text_of(page)).to_be_visible()
    item = first_of_queue(page, address)
    claim, before = item["claim"]["id"], item["event"]
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Merge events")
    dialog.get_by_label("Find events by words").fill("")
    others = get(page, f"{address}/api/events?limit=30&sort=time")["items"]
    other = next(e for e in others if e["id"] != before["id"])
    dialog.get_by_label(other["title"], exact=False).first.check()
    dialog.get_by_label("Reason").fill("one happening")
    dialog.get_by_role("button", name="Merge 2 events").click()
    expect(page.get_by_text(re.compile(r"Merged: number \d+"))).to_be_visible(timeout=SLOW)
    merged = get(page, f"{address}/api/claims/{claim}")["event"]
    together = set(get(page, f"{address}/api/events/{merged}")["event"]["claims"])
    assert together == {*before["claims"], *other["claims"]}

    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Split the event")
    expect(dialog.get_by_role("checkbox")).to_have_count(len(together))
    expect(dialog.get_by_role("button", name="Split off")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    expect(page.get_by_role("row").filter(has_text="one happening").first).to_be_visible(timeout=SLOW)  # in the log
    page.get_by_role("row").filter(has_text="one happening").first.get_by_role("button", name="Undo").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile(r"Undid number \d+"))).to_be_visible(timeout=SLOW)
    again = get(page, f"{address}/api/claims/{claim}")["event"]
    assert set(get(page, f"{address}/api/events/{again}")["event"]["claims"]) == set(before["claims"])
    expect(page.get_by_role("row").filter(has_text="(undone)")).to_contain_text("one happening")


def test_what_the_server_refuses_is_shown(visit: Visit, serve: Callable[..., str], watch: Any) -> None:
    watch.expected.append("422")
    address = serve()
    page = visit(f"{address}/review")
    expect(text_of(page)).to_be_visible()
    claim = first_of_queue(page, address)["claim"]
    page.get_by_label("Type", exact=False).last.fill("no-such-type")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_role("alert")).to_contain_text("no-such-type", timeout=SLOW)
    assert get(page, f"{address}/api/claims/{claim['id']}")["claim"]["type"] == claim["type"]


def code(page: Any, types: list[str]) -> None:
    """Answer for every claim of the round that is open, with these types and no other field."""
    page.get_by_role("button", name=re.compile(r"Code \d+ claims?")).click()
    for n, type in enumerate(types, 1):
        expect(page.get_by_text(f"Claim {n} of {len(types)}")).to_be_visible()
        page.get_by_label("Type").fill(type)
        page.get_by_label("Type").press("Tab")
        page.get_by_role("button", name="Keep and go on").click()
        last = "You have answered for every claim." if n == len(types) else "Kept."
        expect(page.get_by_text(last)).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Back to the round").click()


def test_two_coders_come_to_alpha(
    visit: Visit, serve: Callable[..., str], log_in: Callable[[Any, str], None], faults: Callable[[Any], list[str]]
) -> None:
    address = serve("admin", "reviewer")
    ada, ben = visit(f"{address}/login"), visit(f"{address}/login")
    log_in(ada, "admin")
    log_in(ben, "reviewer")
    expect(ada.get_by_role("link", name="Double coding")).to_be_visible()
    expect(ben.get_by_role("link", name="Double coding")).to_be_visible()
    reports = get(ada, f"{address}/api/reports?limit=50")["items"]
    report = min((r for r in reports if r["claims"] > 2), key=lambda r: (r["claims"], r["id"]))

    ada.get_by_role("link", name="Double coding").click()
    ada.get_by_role("button", name="New round").click()
    ada.get_by_label("Name", exact=True).fill("first round")
    ada.get_by_role("checkbox", name=report["title"]).check()
    ada.get_by_label("admin").check()
    ada.get_by_label("reviewer").check()
    ada.get_by_role("button", name="Begin the round").click()
    expect(ada.get_by_role("heading", level=1, name="first round")).to_be_visible()

    types = (["shelling", "capture", "bombing", "displacement"] * report["claims"])[: report["claims"]]
    code(ada, types)
    expect(ada.get_by_text("Nobody sees another’s answers")).to_be_visible()
    round = f"{address}/api/review/rounds/first%20round"
    seen = get(ben, round)
    assert (seen["alpha"], seen["answers"], seen["disagreements"]) == (None, {}, [])

    ben.goto(f"{address}/review/rounds?round=first%20round")
    code(ben, [*types[:-1], "capture" if types[-1] != "capture" else "shelling"])
    expect(ben.get_by_role("heading", name="Krippendorff’s alpha")).to_be_visible(timeout=SLOW)
    found = get(ben, round)
    row = ben.get_by_role("row").filter(has=ben.get_by_role("rowheader", name="Type")).first
    expect(row).to_contain_text(f"{found['alpha']['type']:.3f}")
    assert 0 < found["alpha"]["type"] < 1
    [difference] = found["disagreements"]
    assert (difference["field"], set(difference["values"])) == ("type", {"admin", "reviewer"})
    assert faults(ben) == []

    ben.get_by_role("button", name="Take this: reviewer’s type").click()
    ben.get_by_role("dialog").get_by_label("Reason").fill("the text says so")
    ben.get_by_role("dialog").get_by_role("button", name="Decide").click()
    expect(ben.get_by_text(re.compile(r"Decided: number \d+"))).to_be_visible(timeout=SLOW)
    claim = get(ben, f"{address}/api/claims/{difference['claim']}")["claim"]
    assert claim["type"] == difference["values"]["reviewer"]


def test_the_desk_can_be_used_by_everyone(
    visit: Visit, served: str, faults: Callable[[Any], list[str]], scheme: str
) -> None:
    page = visit(f"{served}/review", color_scheme=scheme)
    expect(text_of(page)).to_be_visible()
    page.keyboard.press("2")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_load_state("networkidle")
    assert faults(page) == []
    for key, name in {"?": "Keys", "m": "Merge events", "l": "Link two events", "c": "Comment on the claim"}.items():
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert faults(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(text_of(page)).to_be_focused()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    value: str = request.param
    return value


def test_ledgers_show_whose_word_it_is(visit: Visit, served: str, faults: Callable[[Any], list[str]]) -> None:
    page = visit(f"{served}/ledgers/control", viewport={"width": 390, "height": 800})
    held = get(page, f"{served}/api/control/map?date=2026-01-01")["features"]
    place = next(f["properties"] for f in held if f["properties"]["contested"])
    page.get_by_role("link", name=place["place"], exact=True).click()
    expect(page.get_by_role("heading", level=2, name=place["place"])).to_be_visible()
    expect(page.get_by_role("group", name="Periods of control").get_by_role("button").first).to_contain_text(
        place["holder"]
    )
    page.get_by_role("button", name="Quote").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{served}/ledgers/figures")
    figures = get(page, f"{served}/api/figures?kind=killed")["items"]
    expect(page.get_by_role("img", name=re.compile("Killed over time by source"))).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(len(figures) + 1)
    for f in figures[:3]:
        expect(page.get_by_role("row").filter(has_text=f["voice"]).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{served}/ledgers/sources")
    expect(page.get_by_text("no score of truth")).to_be_visible()
    page.get_by_role("button", name="Contradicted").click()
    expect(page.get_by_role("columnheader", name="Contradicted")).to_have_attribute("aria-sort", "descending")

    page.goto(f"{served}/ledgers/deadlines?today=2020-02-20")
    deadlines = [
        d for d in get(page, f"{served}/api/deadlines?today=2020-02-20")["items"] if d["announced"] <= "2020-02-20"
    ]
    expect(page.get_by_role("main").get_by_text("▷ Open")).to_have_count(len(deadlines))

"""The reference pages say what the program is now, and leave nothing out."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from dateline.cli import COMMANDS as _MODULES
from dateline.cli import _load

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import build_reference  # noqa: E402
from reference import commands, names, records, routes  # noqa: E402

LINK = re.compile(r"\]\(([^)#]*)#?([^)]*)\)")
COMMANDS = list(commands.commands())
COMMANDS_AND_GROUPS = list(_MODULES)


def text(page: str) -> str:
    return (build_reference.FOLDER / page).read_text("utf-8")


@pytest.mark.parametrize("page", build_reference.PAGES)
def test_a_page_is_up_to_date(page: str) -> None:
    assert text(page) == build_reference.build(page), "run scripts/build_reference.py"


def test_stale_pages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in build_reference.PAGES:
        (tmp_path / page).write_text(text(page), "utf-8")
    (tmp_path / "cli.md").write_text(text("cli.md") + "more\n", "utf-8")
    (tmp_path / "old.md").write_text("", "utf-8")
    monkeypatch.setattr(build_reference, "FOLDER", tmp_path)
    assert build_reference.stale() == ["cli.md", "old.md"]


def test_no_page_is_there_that_nothing_writes() -> None:
    assert {p.name for p in build_reference.FOLDER.glob("*.md")} == {*build_reference.PAGES}


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_command_says_what_it_and_its_parameters_do(name: str, command: Any) -> None:
    assert (command.help or "").strip(), f"dateline {name} has no help"
    silent = [p.opts[0] for p in commands.parameters(command) if not (p.help or "").strip()]
    assert not silent, f"dateline {name} does not say what {', '.join(silent)} is"


@pytest.mark.parametrize("name", COMMANDS_AND_GROUPS)
def test_no_option_is_shown_that_has_no_page(name: str) -> None:
    """Options that the toolkit adds by itself, such as those that install completions, are hidden."""
    command = typer.main.get_command(_load(name))
    assert [o for p in command.params for o in p.opts if "completion" in o] == []


def section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    lines = text(page).split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("#") and line.lstrip("# ") == heading)
    rest = lines[first + 1 :]
    return "\n".join(rest[: next((n for n, line in enumerate(rest) if line.startswith("#")), len(rest))])


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_command_has_a_section_with_all_its_options(name: str, command: Any) -> None:
    told = section("cli.md", f"dateline {name}")
    options = [o for p in commands.parameters(command) if p.param_type_name == "option" for o in p.opts]
    assert [o for o in options if f"`{o}`" not in told] == []


def test_every_type_of_the_output_has_a_section_with_all_its_fields() -> None:
    for name, schema in records.definitions().items():
        told = section("schema.md", name)
        assert [f for f in schema["properties"] if f"| `{f}` |" not in told] == []


def test_a_field_without_a_text_is_refused() -> None:
    texts = build_reference.texts()
    del texts["fields"]["Claim.modality"]
    with pytest.raises(ValueError, match=r"Claim\.modality"):
        records.page(texts)


def test_exit_codes_are_those_of_the_code() -> None:
    texts = build_reference.texts()
    texts["exits"]["verify"] = {}
    with pytest.raises(ValueError, match="verify"):
        commands.page(texts)


def test_every_public_name_has_a_section() -> None:
    for name, _ in names.public():
        assert section("python.md", name).strip()


def anchors(page: str) -> set[str]:
    return {routes.slug(line.lstrip("# ")) for line in text(page).split("\n") if line.startswith("#")}


@pytest.mark.parametrize("page", build_reference.PAGES)
def test_every_link_between_the_pages_leads_somewhere(page: str) -> None:
    for target, anchor in LINK.findall(text(page)):
        if target.startswith("../"):
            assert (build_reference.FOLDER / target).resolve().is_file()
        elif "://" not in target:
            assert not anchor or anchor in anchors(target or page), f"{page}: {target}#{anchor}"


@pytest.mark.parametrize("page", build_reference.PAGES)
def test_no_two_headings_of_a_page_have_one_anchor(page: str) -> None:
    heads = [routes.slug(line.lstrip("# ")) for line in text(page).split("\n") if line.startswith("#")]
    assert sorted(heads) == sorted(set(heads))

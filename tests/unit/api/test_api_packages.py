"""``apkg.convert`` and ``apkg.inspect``."""

import json
import traceback
from pathlib import Path

import pytest
from notebooks import write

import apkg
from apkg.errors import SourceError, UsageError


def test_convert_writes_what_the_command_writes(mask):
    made = apkg.convert(mask, out="package", image="x:1", settings={"title": "Mask of <i>water"})
    assert made.files == tuple(
        Path("package") / f"mask{end}" for end in (".cwl", ".deploy.json", ".inputs.yml")
    )
    assert (made.cwl, made.deploy, made.job_order) == made.files
    assert made.application.title == "Mask of <i>water"
    assert made.application.container.image == "x:1"
    assert apkg.inspect(made).title == apkg.inspect(made.deploy).title == made.application.title
    assert repr(made).startswith("<Package mask: package/mask.cwl, ")


def test_what_was_guessed_is_told_in_words_of_python(mask):
    made = apkg.convert(mask)
    advice = [finding.advice for finding in made.findings if finding.advice]
    assert any("image=" in text for text in advice)
    assert not any("--" in text for text in advice)


def test_a_tool_is_described_by_its_help(here):
    (here / "tool").mkdir()
    (here / "tool" / "help.txt").write_text("Usage: clip [--size N] INPUT OUTPUT\n")
    made = apkg.convert("tool", help_text="help.txt", image="x:1", settings={"id": "clip"})
    assert made.application.id == "clip"
    assert made.cwl == Path("clip.cwl")


def test_existing_cwl_is_facet_1_as_it_stands(mask):
    cwl = apkg.convert(mask, out="first").cwl
    again = apkg.convert(cwl, out="second")
    assert again.cwl == cwl
    assert [file.suffixes for file in again.files] == [[".deploy", ".json"], [".inputs", ".yml"]]
    one = apkg.convert(f"{cwl}#mask", out="third")
    assert (one.cwl, one.process) == (cwl, "mask")
    assert apkg.inspect(one).id == "mask"


def test_a_package_without_its_cwl_says_so(mask):
    made = apkg.convert(mask, out="first")
    description = json.loads(made.deploy.read_text(encoding="utf-8"))
    alone = Path("alone.deploy.json")
    description["executionUnit"] = [{"href": "https://example.org/x.cwl"}]
    alone.write_text(json.dumps(description), encoding="utf-8")
    with pytest.raises(SourceError, match="the CWL that it links to is not here"):
        apkg.run(alone, container=False)


def test_errors_carry_place_and_hint_and_no_inside(mask):
    apkg.convert(mask)
    with pytest.raises(apkg.ApkgError) as caught:
        apkg.convert(mask)
    error = caught.value
    assert str(error).startswith("mask.cwl: not overwritten: mask.cwl")
    assert error.__notes__ == ["hint: force=True overwrites; out= names another folder."]
    shown = "".join(traceback.format_exception(error))
    assert shown.count('File "') == 2
    assert error.hint in shown
    assert apkg.convert(mask, force=True).files


def test_terminal_escapes_do_not_leave_through_an_error(here):
    with pytest.raises(SourceError) as caught:
        apkg.inspect("a\x1b[2J.ipynb")
    assert "\x1b" not in "".join(traceback.format_exception(caught.value)).replace(__file__, "")


def test_several_applications_are_named_before_anything_is_written(here, mask, area):
    before = set(here.iterdir())
    with pytest.raises(UsageError, match=r"holds 2 notebooks: area\.ipynb, mask\.ipynb"):
        apkg.convert(here, out="package")
    tool = here / "tool"
    tool.mkdir()
    (tool / "Dockerfile").write_text("FROM a:1\nCOPY t.py /t.py\nCMD python3 /t.py\n")
    (tool / "t.py").write_text(
        "import click\n@click.group()\ndef cli(): pass\n"
        "@cli.command()\n@click.argument('a')\ndef one(a): pass\n"
        "@cli.command()\n@click.argument('a')\ndef two(a): pass\ncli()\n"
    )
    with pytest.raises(UsageError, match="holds 2 applications: t-one, t-two") as caught:
        apkg.convert(tool, out="package")
    assert "command=" in caught.value.hint
    assert set(here.iterdir()) == before | {tool}
    assert apkg.convert(tool, command="two", out="package").application.id == "t-two"


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({}, "there is no source"),
        ({"help_text": "none.txt"}, "there is no file 'none.txt'"),
        ({"source": "demo.ipynb", "deploy_profile": "x"}, "there is no dialect 'x'"),
        ({"source": "demo.ipynb", "settings": {"titel": "x"}}, "knows no 'titel'"),
        ({"source": "demo.ipynb", "settings": {"title": b"x"}}, "of type bytes"),
    ],
)
def test_wrong_use_is_a_usage_error(here, keywords, words):
    write(here, "a = 1")
    with pytest.raises(UsageError, match=words):
        apkg.convert(**keywords)

"""Help as complete as a man page: every option explained, every example parses."""

import re
import shlex
from pathlib import Path

import click
import pytest

from apkg.cli.manual import CODES, ENVIRONMENT, FILES
from apkg.cli.root import COMMANDS, root

README = Path(__file__).parents[3] / "README.md"
# With the settings of root: click keeps the help option as its first context has it.
CONTEXT = click.Context(root, info_name="apkg", **root.context_settings)


def command(name):
    return root.get_command(CONTEXT, name)


def examples(text):
    """The commands of apkg in a text, at the begin of a line or behind a pipe."""
    return [found[1] for found in re.finditer(r"^\s*(?:\$ |.* \| )?(apkg .*)$", text, re.MULTILINE)]


def in_readme():
    blocks = re.findall(r"(?ms)^```(?:sh|console)\n(.*?)^```", README.read_text())
    joined = [block.replace("\\\n", " ") for block in blocks]
    lines = [line for block in joined for line in examples(block)]
    return [line for line in lines if not line.startswith("apkg COMMAND")]


def parse(line):
    """Take a line apart as the command itself would; the files it names are there."""
    words = shlex.split(line, comments=True)[1:]
    ends = [words.index(sign) for sign in (">", "<", "|", "&&") if sign in words]
    words = words[: min(ends, default=len(words))]
    for word in words[1:]:
        path = Path(word)
        if word.startswith("-") or path.is_absolute() or ":" in word or path.exists():
            continue
        if path.suffix:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        else:
            path.mkdir(parents=True)
    if words[0].startswith("-"):
        return root.make_context("apkg", words, resilient_parsing=True)
    return command(words[0]).make_context(words[0], words[1:], parent=CONTEXT)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_has_help(name):
    options = [one for one in command(name).params if isinstance(one, click.Option)]
    assert [one.name for one in options if not (one.help or "").strip()] == []
    # A sentence, for a reader.
    assert [one.name for one in options if not re.search(r"[.)]$", one.help)] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_all_parts_of_a_man_page(apkg, name):
    shown = apkg(name, "--help").out
    assert shown.startswith(f"Usage: apkg {name} ")
    parts = ["Examples:", "Options:", "Environment:", "Exit codes:"]
    if name in FILES:
        parts.insert(2, "Files:")
    places = [shown.index(f"{part}\n") for part in parts]
    assert places == sorted(places)
    assert "NO_COLOR" in shown
    # What is not an example or a list of choices fits a terminal.
    long = [line for line in shown.splitlines() if len(line) > 100]
    assert long == [line for line in long if line.lstrip().startswith(("apkg ", "Usage:", "["))]


def test_apkg_itself_tells_streams_variables_and_exit_codes(apkg):
    shown = apkg("--help").out
    for words in ("standard error", "NO_COLOR", "130", "_APKG_COMPLETE=bash_source"):
        assert words in shown


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_examples_and_all_parse(apkg, name):
    block = apkg(name, "--help").out.partition("Examples:\n")[2].partition("\n\n")[0]
    lines = examples(block)
    assert len(lines) == len(block.splitlines())
    for line in lines:
        assert line.startswith(f"apkg {name}")
        parse(line)


def test_an_example_with_a_wrong_option_would_not_parse(apkg):
    with pytest.raises(click.NoSuchOption):
        parse("apkg convert a.ipynb --wrong")


@pytest.mark.parametrize("line", in_readme())
def test_commands_of_the_readme_parse(apkg, line):
    parse(line)


@pytest.mark.parametrize("table", [FILES, ENVIRONMENT, CODES])
def test_no_page_for_a_command_that_is_gone(table):
    assert set(table) <= set(COMMANDS)

"""Notes stand with the commands that they are about, and what nobody is told of has none."""

import pytest

from apkg.errors import SourceError
from apkg.sources.commandline.claims import command_layer
from apkg.sources.commandline.tree import leaves

GROUPS = """
    import argparse, somewhere
    parser = argparse.ArgumentParser()
    parser.add_argument("--top", default=somewhere.top())
    parser.add_argument("--secret", default=somewhere.secret(), help=argparse.SUPPRESS)
    commands = parser.add_subparsers()
    one = commands.add_parser("one")
    one.add_argument("--a", default=somewhere.a())
    two = commands.add_parser("two")
    two.add_argument("--b")
    parser.parse_args()
"""


def test_a_note_on_one_sub_command_is_about_that_one(read):
    found = read(GROUPS)
    about = {f.subject: found.about[f] for f in found.findings}
    assert about == {"top": {("tool.py",)}, "a": {("tool.py", "one")}}


def test_an_option_of_group_and_command_is_one(command):
    found = command("""
        import argparse
        shared = argparse.ArgumentParser(add_help=False)
        shared.add_argument("-v", "--verbose", action="store_true")
        parser = argparse.ArgumentParser(parents=[shared])
        parser.add_argument("--quiet", action="store_true")
        commands = parser.add_subparsers()
        commands.add_parser("one", parents=[shared])
        commands.add_parser("two")
        parser.parse_args()
    """)
    ids = [list(command_layer(leaf).layer.inputs) for leaf in leaves(found)]
    assert ids == [["quiet", "verbose"], ["verbose", "quiet"]]


LOOP = """
    import click, registry
    @click.group({})
    def cli():
        pass
    for add in registry.found():
        add(cli)
    cli()
"""


def test_a_group_whose_commands_are_added_at_run_time(read):
    with pytest.raises(SourceError, match="added when it runs") as caught:
        read(LOOP.format(""))
    assert "--help-text" in caught.value.hint
    (found,) = read(LOOP.format("invoke_without_command=True")).commands
    assert found.words == ("tool.py",)

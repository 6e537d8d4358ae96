"""Short ways to read a program that a test writes down."""

import textwrap

import pytest

from apkg.sources.cli import read_cli_source


@pytest.fixture
def read(tmp_path):
    """Read a program's text; returns the :class:`CliReading`."""

    def read_text(code, *, name="tool.py", function=None, files=None):
        for file, text in (files or {}).items():
            place = tmp_path / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(textwrap.dedent(text), encoding="utf-8")
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(code), encoding="utf-8")
        return read_cli_source(path, function=function)

    return read_text


@pytest.fixture
def command(read):
    """Read a program that is one command."""

    def read_command(code, **settings):
        (found,) = read(code, **settings).commands
        return found

    return read_command


@pytest.fixture
def arguments(command):
    """The arguments of the one command, by name."""

    def by_name(code, **settings):
        return {argument.name: argument for argument in command(code, **settings).arguments}

    return by_name


@pytest.fixture
def argument(arguments):
    """The only argument of a parser that makes one call of ``add_argument``."""

    def only(call, before="", **settings):
        code = f"import argparse\n{textwrap.dedent(before)}\np = argparse.ArgumentParser()\n"
        found = arguments(f"{code}p.add_argument({call})\np.parse_args()\n", **settings)
        (one,) = found.values()
        return one

    return only

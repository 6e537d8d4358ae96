"""``import apkg``: costs nothing, and every name leads to its function."""

import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import apkg
from apkg.cli.root import root

FUNCTIONS = ("chain", "convert", "inspect", "run", "validate")
#: What a command has and a function does without: it prints nothing.
PRINTED = {"output_format", "quiet", "help"}
#: What is for many sources at once: in Python that is a loop.
MANY = {"sources", "recursive", "from_file", "resume", "report", "jobs", "fail_fast"}
#: The names of options where they differ from those of keywords.
RENAMED = {
    "chain": {"process_id": "id", "methods": "scatter_methods"},
    "convert": {"subcommand": "command"},
    "inspect": {"file": "source"},
    "run": {"inputs_file": "inputs", "no_container": "container"},
    "validate": {"paths": "what"},
}


def test_import_takes_nothing_along():
    code = "import sys; before = set(sys.modules); import apkg; print(set(sys.modules) - before)"
    command = [sys.executable, "-S", "-c", code]
    environment = {"PYTHONPATH": str(Path(apkg.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "{'apkg'}\n"


def test_the_version_imports_none_of_the_functions():
    # What the interpreter's own site has imported (a measuring of coverage, say) is not ours.
    code = "import sys; before = set(sys.modules); sys.argv[1:] = ['--version']\n"
    code += "from apkg.cli.main import run\nrun()\nnew = set(sys.modules) - before\n"
    code += "print(sorted(m for m in new if m.startswith(('apkg', 'click', 'typing'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['apkg', 'apkg.cli', 'apkg.cli.main']"


def test_functions_import_no_heavy_library():
    code = "import sys, apkg\napkg.convert, apkg.run\n"
    code += "heavy = {'click', 'jsonschema', 'lxml', 'nbformat', 'rich', 'ruamel', 'yaml'}\n"
    code += "print(heavy & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("name", apkg.__all__)
def test_every_name_is_there(name):
    value = getattr(apkg, name)
    assert name in dir(apkg)
    assert value.__doc__
    assert callable(value)


def test_no_module_has_the_name_of_a_function():
    modules = {module.name for module in pkgutil.iter_modules(apkg.__path__)}
    assert not modules & set(apkg.__all__)


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'apkg' has no attribute 'convrt'"):
        _ = apkg.convrt


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_option_of_the_command_is_a_keyword(name):
    command = root.get_command(click.Context(root), name)
    options = {RENAMED[name].get(p.name, p.name) for p in command.params}
    options -= PRINTED | (MANY if name in {"convert", "validate"} else set())
    keywords = set(inspect.signature(getattr(apkg, name)).parameters) - {"on_log", "package"}
    assert options - {"package"} <= keywords | ({"options"} if name == "run" else set())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_documentation_tells_of_every_keyword_and_error(name):
    function = getattr(apkg, name)
    parameters = inspect.signature(function).parameters
    assert "Raises:" in function.__doc__
    if len(parameters) > 1:
        assert [p for p in parameters if f"        {p}: " not in function.__doc__] == []
    assert all(p.annotation is not inspect.Parameter.empty for p in parameters.values())
    assert (Path(apkg.__file__).parent / "py.typed").is_file()


def test_outputs_of_a_run_complete_in_brackets():
    run = apkg.Run(outputs={"mask": None, "table": 1}, files=(), answer={}, log=())
    assert run._ipython_key_completions_() == ["mask", "table"]


def test_an_interruption_shows_nothing_of_apkg():
    from apkg.api.boundary import at_the_boundary

    @at_the_boundary
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        stopped()
    assert [entry.name for entry in caught.traceback][1:] == ["guarded"]

"""The words that an image runs, and the file in the folder that they lead to."""

import pytest

from apkg.errors import SourceError
from apkg.sources.docker.entry import entry_of
from apkg.sources.docker.locate import locate
from apkg.sources.docker.stages import read_dockerfile


def entry(text):
    return entry_of(read_dockerfile(f"FROM a\n{text}", path="Dockerfile").settings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('ENTRYPOINT ["python", "app.py"]\nCMD ["--help"]', ("python", "app.py")),
        ('CMD ["python", "app.py", "--help"]', ("python", "app.py")),
        ('ENTRYPOINT ["tini", "--"]\nCMD ["tool"]', ("tool",)),
        ('ENTRYPOINT ["/usr/bin/tini", "--", "tool"]', ("/usr/bin/tini", "--", "tool")),
        ('ENTRYPOINT python /app/x.py "$@"', ("python", "/app/x.py")),
        ("ENTRYPOINT exec tool --fast $@", ("tool", "--fast")),
        ('ENTRYPOINT ["/bin/sh", "-c", "exec tool \\"$@\\""]', ("tool",)),
        ('ENTRYPOINT ["bash", "-lc", "tool \'a b\'"]', ("tool", "a b")),
        ("ENV APP=/opt/app\nENTRYPOINT $APP/run.sh", ("/opt/app/run.sh",)),
    ],
)
def test_the_words_of_the_container(text, words):
    assert entry(text).words == words


@pytest.mark.parametrize("text", ["", 'CMD ["bash"]', "ENTRYPOINT []", 'CMD ["python3"]'])
def test_a_shell_or_nothing_is_no_command(text):
    assert entry(text) is None


def test_a_shell_line_may_change_folder_and_set_variables():
    found = entry("WORKDIR /app\nENTRYPOINT cd sub && X=1 python tool.py")
    assert (found.workdir, found.words) == ("/app/sub", ("python", "tool.py"))
    assert found.environment == (("X", "1"),)


@pytest.mark.parametrize(
    "text",
    ["a | b", "a && b", "a; b", "a > file", "a $(date)", "a `date`", 'a "', "$UNKNOWN/run.sh"],
)
def test_what_is_not_one_command_is_told_with_what_to_do(text):
    with pytest.raises(SourceError) as caught:
        entry(f"ENTRYPOINT {text}")
    assert "baseCommand" in caught.value.hint
    assert caught.value.location.line == 2


@pytest.fixture
def folder(tmp_path):
    files = {
        "app.py": "x",
        "src/pkg/__init__.py": "",
        "src/pkg/__main__.py": "",
        "src/pkg/cli.py": "",
        "tools/run.sh": "",
        "pyproject.toml": '[project]\nname="p"\n[project.scripts]\ntool = "pkg.cli:main"\n',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def located(text, folder):
    dockerfile = read_dockerfile(f"FROM a AS one\n{text}", path="Dockerfile")
    return locate(entry_of(dockerfile.settings), dockerfile, folder)


@pytest.mark.parametrize(
    ("text", "words", "file", "function"),
    [
        ('WORKDIR /app\nCOPY . .\nENTRYPOINT ["python", "-u", "app.py"]',
         ("python", "-u", "/app/app.py"), "app.py", None),
        ('COPY app.py /opt/main.py\nENTRYPOINT ["python3.11", "/opt/main.py"]',
         ("python3.11", "/opt/main.py"), "app.py", None),
        ('COPY *.py /opt/\nENTRYPOINT ["python", "/opt/app.py"]',
         ("python", "/opt/app.py"), "app.py", None),
        ('COPY . /s\nRUN pip install /s\nENTRYPOINT ["tool"]', ("tool",), "src/pkg/cli.py", "main"),
        ('COPY . /s\nENTRYPOINT ["conda", "run", "-n", "env", "tool"]',
         ("conda", "run", "-n", "env", "tool"), "src/pkg/cli.py", "main"),
        ('COPY tools /usr/local/bin\nENTRYPOINT ["run.sh"]', ("run.sh",), "tools/run.sh", None),
        ('WORKDIR /w\nCOPY tools/run.sh ./\nENTRYPOINT ["./run.sh"]',
         ("/w/run.sh",), "tools/run.sh", None),
        (('WORKDIR /b\nCOPY . .\nFROM two\nCOPY --from=one /b/app.py /x/\n'
          'ENTRYPOINT ["python", "/x/app.py"]'), ("python", "/x/app.py"), "app.py", None),
    ],
)  # fmt: skip
def test_the_entry_point_leads_to_the_source(text, words, file, function, folder):
    found = located(text, folder)
    assert found.words == words
    assert found.path == folder / file
    assert found.function == function


def test_a_module_that_is_found_by_the_folder_needs_its_path(folder):
    text = 'WORKDIR /app\nCOPY src/ .\n{}ENTRYPOINT ["python", "-m", "pkg"]'
    found = located(text.format(""), folder)
    assert found.path == folder / "src/pkg/__main__.py"
    assert found.environment == (("PYTHONPATH", "/app"),)
    assert located(text.format("RUN pip install .\n"), folder).environment == ()
    assert located(text.format("ENV PYTHONPATH=/app\n"), folder).environment == ()
    only_needs = "RUN pip install numpy && rm -rf /var/lib/x\n"
    assert located(text.format(only_needs), folder).environment == (("PYTHONPATH", "/app"),)


def test_no_way_leads_out_of_the_folder(tmp_path):
    outside, folder = tmp_path / "secret.py", tmp_path / "in"
    folder.mkdir()
    outside.write_text("x", encoding="utf-8")
    (folder / "link.py").symlink_to(outside)
    for source in ("../secret.py", "link.py", "/../secret.py"):
        text = f'COPY {source} /app/x.py\nENTRYPOINT ["python", "/app/x.py"]'
        assert located(text, folder).path is None

"""The layer: what is appended to a Dockerfile, and what lies in the context for it."""

import json
import shlex
import subprocess

import pytest
from contexts import NOTEBOOK, program

from apkg.builders.layer import with_labels, with_layer, write_layer


def test_the_files_of_each_program(tmp_path):
    write_layer((program("one"), program("two", "r", packages=("pystac>=1.10",))), tmp_path)
    folder = tmp_path / "apkg-layer"
    for name in ("one", "two"):
        assert (folder / name / f"{name}.launcher.py").read_text() == "print()\n"
        assert (folder / name / f"{name}.template.ipynb").read_text() == NOTEBOOK
    needed = (folder / ".layer/requirements.txt").read_text()
    assert needed == "ipykernel\npapermill\npystac>=1.10\n"
    scripts = {path.name for path in (folder / ".layer").iterdir()}
    assert {"install.sh", "kernels.py", "check.py", "lock.py"} < scripts
    assert "__init__.py" not in scripts


def test_a_kernel_of_another_language_needs_no_ipykernel(tmp_path):
    write_layer((program(language="R"),), tmp_path)
    assert (tmp_path / "apkg-layer/.layer/requirements.txt").read_text() == "papermill\n"


def test_one_program_is_the_images_command():
    text = with_layer("FROM a\nUSER me\nRUN x \\", (program("one"),), {})
    assert text.splitlines()[:3] == ["FROM a", "USER me", "RUN x"]
    assert [line for line in text.splitlines() if line][-6:] == [
        "USER root",
        "COPY apkg-layer/ /opt/apkg/",
        'RUN ["/bin/sh", "/opt/apkg/.layer/install.sh"]',
        "ENTRYPOINT []",
        'CMD ["one", "--help"]',
        "USER me",
    ]


def test_several_programs_have_no_command():
    assert "CMD" not in with_layer("FROM a\n", (program("one"), program("two")), {})


@pytest.mark.parametrize(
    ("users", "last"),
    [
        ({}, "USER ${NB_UID:-${MAMBA_USER:-root}}"),
        ({"a": ""}, "USER root"),
        ({"a": "1000:100"}, "USER 1000:100"),
    ],
)
def test_the_user_of_the_base_image_stays(users, last):
    assert with_layer("FROM a\n", (program(),), users).splitlines()[-1] == last


def test_labels_come_last_and_cost_no_other_step():
    text = with_labels("FROM a", (("b", 'c"\\'),))
    assert text == 'FROM a\n\nLABEL "b"="c\\"\\\\"\n'
    assert with_labels("FROM a", ()) == "FROM a\n"


def test_the_command_runs_the_launcher_in_its_environment(tmp_path):
    write_layer((program("one"),), tmp_path)
    text = (tmp_path / "apkg-layer/one/one.sh").read_text()
    (tmp_path / "one").mkdir()
    (tmp_path / ".environment").write_text("apkg_python=echo\nexport A='b c'\n")
    (tmp_path / "start").write_text('#!/bin/sh\necho started "$A"\nexec "$@"\n')
    (tmp_path / "start").chmod(0o755)
    text = text.replace("/opt/apkg", shlex.quote(str(tmp_path)))
    (tmp_path / "one.sh").write_text(text)
    for start in ("", str(tmp_path / "start")):
        done = subprocess.run(
            ["sh", tmp_path / "one.sh", "--a=b  c", "$d"],
            capture_output=True,
            text=True,
            check=True,
            env={"PATH": "/usr/bin:/bin", "R2D_ENTRYPOINT": start},
        )
        lines = done.stdout.splitlines()
        assert lines[-1] == f"{tmp_path}/one/one.launcher.py --a=b  c $d"
        assert lines[:-1] == (["started b c"] if start else [])


def test_every_requirement_is_one_line(tmp_path):
    write_layer((program(packages=("a\nb",)),), tmp_path)
    assert "a b\n" in (tmp_path / "apkg-layer/.layer/requirements.txt").read_text()


def test_the_exec_forms_are_json():
    text = with_layer("FROM a\n", (program("one"),), {})
    for name in ("RUN", "CMD", "ENTRYPOINT"):
        line = next(line for line in text.splitlines() if line.startswith(name))
        assert isinstance(json.loads(line.removeprefix(name)), list)

"""What a scientist reads when a build fails, each way provoked on a real engine."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from acceptance_samples import BY_NAME

sys.path.insert(0, str(Path(__file__).parents[1] / "engines"))

from engine_places import daemon, registry

pytestmark = [pytest.mark.docker, pytest.mark.slow]

TOOL = """\
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--output", default="out.txt", help="file to write")
open(parser.parse_args().output, "w").close()
"""
#: The account "somebody" with the password "secret", as htpasswd -B writes it.
ACCOUNTS = "somebody:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n"


@pytest.fixture
def tool(tmp_path):
    """``tool(lines)``: a folder with a tool whose image is made by these lines."""

    def write(lines):
        folder = tmp_path / "touch_up"
        folder.mkdir()
        (folder / "touch_up.py").write_text(TOOL)
        text = f'FROM tiny:1\n{lines}\nCOPY touch_up.py /\nCMD ["python3", "/touch_up.py"]\n'
        (folder / "Dockerfile").write_text(text)
        return folder

    return write


def said(done):
    """The error, without what was shown of the build before it."""
    return done.stderr[f"\n{done.stderr}".rindex("\nerror: ") :]


def test_the_engine_stops_in_mid_build(tool, tmp_path, base):
    folder = tool("RUN echo now; sleep 60")
    with daemon(tmp_path) as (environment, process):
        command = [sys.executable, "-m", "apkg", "build", folder, "-o", tmp_path / "out"]
        command += ["-t", "tool:1", "--engine", "docker", "--", "--network=host"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as build:
            lines = []
            for line in build.stderr:
                lines.append(line)
                if line.rstrip().endswith("now"):
                    process.terminate()
            assert build.wait(timeout=60) == 3, lines
    text = "".join(lines)
    error = text[text.index("\nerror: ") + 1 :]
    assert error.startswith("error: tool:1 is not built: the container engine has stopped\n")
    assert "journalctl -u docker" in error
    assert "steps that were done are not done again" in error
    assert f"The full log is in {tmp_path / 'out' / 'touch_up.build.log'}." in error
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["touch_up.build.log"]


def test_a_registry_refuses_and_the_package_stays_as_it_was(made, apkg, base, tmp_path):
    sample, first = BY_NAME["rainfall-bash"], made("rainfall-bash")
    package = tmp_path / "package"
    with registry(tmp_path / "registry", ACCOUNTS) as host:
        image = f"{host}/eo/rainfall:1"
        words = ["-o", package, "-q"]
        try:
            apkg(*sample.command(first.folder, base, *words, tag=image))
            before = {path.name: path.read_bytes() for path in package.iterdir()}
            done = apkg(*sample.command(first.folder, base, *words, "--push", tag=image), code=3)
        finally:
            subprocess.run(["docker", "image", "rm", image], capture_output=True, check=False)
    assert said(done).startswith(f"error: cannot push {image}: the registry refuses\n")
    assert "docker login" in done.stderr
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before


def test_a_kernel_that_nobody_can_install(apkg, made, tmp_path):
    image = made("rainfall-bash").told["image"]
    folder = tmp_path / "julia"
    folder.mkdir()
    named = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    first = nbformat.v4.new_code_cell("n = 3", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[first], metadata={"kernelspec": named})
    nbformat.write(notebook, folder / "count.ipynb")
    (folder / "Dockerfile").write_text(f"FROM {image}\nUSER root\nRUN rm -rf /opt/apkg\n")
    words = ["-t", "apkg-test/no-julia:1", "-o", tmp_path / "out", "-q"]
    error = said(apkg("build", folder, *words, code=3))
    assert error.splitlines()[0] == (
        "error: apkg-test/no-julia:1 is not built: kernel julia-1.9 is missing in the image; "
        "found: bash, python3; install Julia and its package IJulia"
    )
    assert "The full log is in" in error


def test_no_engine_and_what_can_be_done_without(apkg, made, tmp_path):
    one = made("rainfall-bash")
    nowhere = {**os.environ, "PATH": str(tmp_path)}
    out = ["-o", tmp_path / "out"]
    data = f"input_file={one.folder / 'data' / 'rain.csv'}"
    for words in (
        ["build", one.folder, *out],
        ["run", one.package, data, *out],
        ["launch", one.folder],
    ):
        error = apkg(*words, code=3, env=nowhere).stderr
        assert "there is no container engine here: docker and podman not found on PATH" in error
        assert "sudo apt install podman" in error
        assert "apkg build --dry-run" in error
        assert not (tmp_path / "out").exists()


def test_a_package_of_an_image_run_without_it(apkg, made, tmp_path):
    one = made("rainfall-bash")
    data = f"input_file={one.folder / 'data' / 'rain.csv'}"
    words = ["-o", tmp_path / "out", "--no-container"]
    error = said(apkg("run", one.package, data, *words, code=3))
    assert "the command rainfall-bash is missing where it runs" in error
    assert "apkg convert" in error


def test_an_option_that_the_engine_does_not_have(apkg, made, base, tmp_path):
    sample, one = BY_NAME["rainfall-bash"], made("rainfall-bash")
    command = sample.command(one.folder, base, "-o", tmp_path / "out", tag="apkg-test/no:1")
    error = said(apkg(*command, "--no-such-option", code=3))
    assert "the engine has no option --no-such-option" in error
    assert "docker build --help" in error

"""What the layer of apkg does to an image, in an odd one with a Bash notebook."""

import json
import subprocess

import nbformat
import pytest
from layered import build, context, run, try_build

pytestmark = [pytest.mark.docker, pytest.mark.slow, pytest.mark.xdist_group("layer")]

PROFILE = "set -e\necho Activating\nexport GDAL_DATA='it'\"'\"'s \"here\" $HOME'\nset +e\n"
START = '#!/bin/sh\nexport STARTED=yes\nexec "$@"\n'


def bash_notebook(path, *lines, kernel="bash", language="bash"):
    named = {"name": kernel, "display_name": kernel, "language": language}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": named})
    notebook.metadata["language_info"] = {"name": language}
    first = nbformat.v4.new_code_cell('who="world"', metadata={"tags": ["parameters"]})
    notebook.cells = [first, nbformat.v4.new_code_cell("\n".join(lines))]
    nbformat.write(notebook, path)


def settings(image):
    command = ["docker", "image", "inspect", "--format={{json .Config}}", image]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def bash_image(base, tmp_path_factory):
    """A Bash kernel on a Debian that has none, with what repo2docker's images have."""
    folder = tmp_path_factory.mktemp("bash")
    (folder / "profile.sh").write_text(PROFILE)
    (folder / "start").write_text(START)
    (folder / "start").chmod(0o755)
    (folder / "Dockerfile").write_text(
        f"FROM {base}\nCOPY profile.sh /etc/profile.d/activate-conda.sh\n"
        'COPY start /start\nENV R2D_ENTRYPOINT=/start\nENTRYPOINT ["/bin/false"]\n'
        'USER nobody\nCMD ["none"] \\'
    )
    bash_notebook(folder / "greet.ipynb", 'echo "hello $who" >to.txt', "env >env.txt")
    made = context(folder, tmp_path_factory.mktemp("context"), labels=(("a.b", 'x"$HOME\\'),))
    return build(made, "apkg-test/layer-bash:1")


def derived(bash_image, tmp_path, dockerfile="", **notebook):
    """Another image on top of that one: a try to build it."""
    name = notebook.pop("name", "other")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/Dockerfile").write_text(f"FROM {bash_image}\n{dockerfile}")
    bash_notebook(tmp_path / f"source/{name}.ipynb", "echo hello >to.txt", **notebook)
    made = context(tmp_path / "source", tmp_path / "context")
    return try_build(made, f"apkg-test/layer-{name}:1")


def test_a_bash_notebook_with_activation_and_start_script(bash_image, tmp_path):
    assert "usage: " in run(bash_image, "greet", "--help", folder=tmp_path)
    run(bash_image, "greet", "--who=you", folder=tmp_path)
    assert (tmp_path / "results/to.txt").read_text() == "hello you\n"
    environment = (tmp_path / "results/env.txt").read_text().splitlines()
    assert 'GDAL_DATA=it\'s "here" $HOME' in environment
    assert "STARTED=yes" in environment


def test_the_image_says_how_it_is_run(bash_image):
    found = settings(bash_image)
    assert found["User"] == "nobody"
    assert not found.get("Entrypoint")
    assert found["Cmd"] == ["greet", "--help"]
    assert found["Labels"]["a.b"] == 'x"$HOME\\'


def test_a_kernel_that_nobody_can_install_stops_the_build(bash_image, tmp_path):
    code, log = derived(bash_image, tmp_path, kernel="julia-1.9", language="julia")
    assert code != 0
    assert "kernel julia-1.9 is missing in the image; found: bash, python3; install Julia" in log


def test_a_command_that_exists_is_not_hidden(bash_image, tmp_path):
    code, log = derived(bash_image, tmp_path, name="sort")
    assert code != 0
    assert "has a command sort already, /usr/bin/sort: give the application another id" in log


def test_a_kernel_that_is_in_a_home_folder_is_found(bash_image, tmp_path):
    private = "/root/.local/share/jupyter/kernels"
    code, log = derived(
        bash_image,
        tmp_path,
        f"USER root\nRUN mkdir -p {private} && cp -r "
        f"/opt/apkg/.python/share/jupyter/kernels/bash {private}/mine\n",
        kernel="mine",
        name="private",
    )
    assert code == 0, log[-4000:]
    run("apkg-test/layer-private:1", "private", folder=tmp_path)
    run("apkg-test/layer-private:1", "greet", "--help", folder=tmp_path)
    executed = json.loads((tmp_path / "private.executed.ipynb").read_text())
    assert executed["metadata"]["kernelspec"]["name"] == "mine"


def test_a_python_that_only_root_can_reach_stops_the_build(bash_image, tmp_path):
    code, log = derived(
        bash_image,
        tmp_path,
        "USER root\nRUN mv /opt/apkg/.python /root/private && chmod 700 /root && "
        "rm -rf /opt/apkg /usr/local/bin/greet\n"
        "ENV VIRTUAL_ENV=/root/private PATH=/root/private/bin:$PATH\n",
        name="hidden",
    )
    assert code != 0
    assert "hidden --help fails for other users than root" in log

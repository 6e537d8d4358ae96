"""From a folder to an image, a package that runs in it, and back to the folder."""

import json
import os
import subprocess

import pytest

from apkg.process import run as run_process

pytestmark = [pytest.mark.docker, pytest.mark.slow]


def inspected(image):
    command = ["docker", "image", "inspect", image]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)[0]


def written(folder):
    return sorted(path.name for path in folder.iterdir())


PACKAGE = ["demo.build.log", "demo.cwl", "demo.deploy.json", "demo.inputs.yml", "demo.lock.txt"]


def test_a_notebook_becomes_an_image_and_a_package_that_runs(lean, apkg, notebook, tag, tmp_path):
    package, environment = tmp_path / "package", {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    words = ["-t", tag, "-o", package, "--format", "json"]
    done = json.loads(lean(notebook, *words, env=environment).out)
    assert written(package) == PACKAGE
    assert (done["image"], done["reference"], done["digest"]) == (tag, tag, None)
    assert (done["upToDate"], done["applications"]) == (False, ["demo"])
    described = inspected(tag)
    assert (done["id"], done["size"]) == (described["Id"], described["Size"])
    labels = described["Config"]["Labels"]
    assert labels["org.opencontainers.image.title"] == "A demo"
    assert labels["org.opencontainers.image.created"] == "1970-01-01T00:00:00Z"
    assert labels["org.apkg.context"] == done["contextDigest"]
    assert "papermill" in (package / "demo.lock.txt").read_text()
    assert "install.sh" in (package / "demo.build.log").read_text()

    # What the same notebook gives without an image.
    apkg("convert", notebook, "-o", tmp_path / "embedded")
    results = {}
    for name, folder, how in (
        ("inside", package, []),
        ("outside", tmp_path / "embedded", ["--no-container"]),
    ):
        out = tmp_path / name
        apkg("run", folder / "demo.cwl", "n=5", "-o", out, *how)
        results[name] = (out / "letters.txt").read_text()
    assert results == {"inside": "xxxxx", "outside": "xxxxx"}

    # Another date and a second time: nothing to build, and nothing to write.
    log = (package / "demo.build.log").read_text()
    again = json.loads(lean(notebook, *words).out)
    assert (again["upToDate"], again["id"], again["files"]) == (True, done["id"], [])
    assert (package / "demo.build.log").read_text() == log

    # Facets that somebody has worked on change in the image's name alone.
    cwl = package / "demo.cwl"
    cwl.write_text("# Mine.\n" + cwl.read_text().replace("doc: How often", "doc:   'How often?'"))
    before = cwl.read_text()
    other = tag.replace(":1", ":2")
    try:
        lean(notebook, "-t", other, "-o", package, "-q")
        assert cwl.read_text() == before.replace(tag, other)
        assert f'"href": "{other}"' in (package / "demo.deploy.json").read_text()
    finally:
        subprocess.run(["docker", "image", "rm", other], capture_output=True, check=False)


def test_in_its_own_folder_a_package_does_not_make_the_next_image_another(lean, notebook, tag):
    lean(".", "-t", tag, "-q", cwd=notebook)
    assert written(notebook) == sorted([*PACKAGE, "demo.ipynb"])
    done = lean(".", "-t", tag, "-q", cwd=notebook)
    assert done.out.startswith(f"{tag} is up to date\n")
    forced = lean(".", "-t", tag, "-q", "--force", cwd=notebook)
    assert forced.out.startswith(f"{tag} is built\n")


def test_a_pushed_image_is_named_by_digest_in_both_facets(
    lean, apkg, notebook, tag, registry, tmp_path
):
    package, image = tmp_path / "package", f"{registry}/{tag}"
    name = image.removesuffix(":1")
    try:
        first = json.loads(lean(notebook, "-t", image, "-o", package, "--format", "json").out)
        assert first["reference"] == image
        cwl, deploy = package / "demo.cwl", package / "demo.deploy.json"
        # Somebody works on both: remarks, quotes, another order.
        text = cwl.read_text().replace("\ncwlVersion:", "\n# Checked by hand.\ncwlVersion:")
        text = text.replace(f"dockerPull: {image}", f"dockerPull:   '{image}'  # ours")
        assert text.count("# ours") == 1
        cwl.write_text(text)
        turned = json.dumps(dict(reversed(json.loads(deploy.read_text()).items())), indent=3)
        deploy.write_text(turned)
        done = lean(notebook, "-t", image, "-o", package, "--push", "--format", "json")
        pushed = json.loads(done.out)
        assert pushed["upToDate"] is True
        assert pushed["reference"] == f"{name}@{pushed['digest']}"
        assert pushed["reference"] in inspected(image)["RepoDigests"]
        assert cwl.read_text() == text.replace(image, pushed["reference"])
        assert deploy.read_text() == turned.replace(image, pushed["reference"])
        facet_2 = json.loads(deploy.read_text())
        assert facet_2["executionUnit"] == [{"href": pushed["reference"]}]
        # The registry knows it by this name, and by no other way of getting it it runs.
        subprocess.run(["docker", "image", "rm", "-f", image], check=True, capture_output=True)
        apkg("run", package / "demo.cwl", "n=2", "-o", tmp_path / "out", "-q")
        assert (tmp_path / "out" / "letters.txt").read_text() == "xx"
        # A build without --push leaves the better name where it is.
        subprocess.run(["docker", "tag", pushed["reference"], image], check=True)
        lean(notebook, "-t", image, "-o", package, "-q")
        assert pushed["reference"] in (package / "demo.cwl").read_text()
    finally:
        for found in (image, f"{name}@{pushed['digest']}"):
            subprocess.run(["docker", "image", "rm", "-f", found], capture_output=True, check=False)


def test_a_tools_image_is_its_dockerfiles_with_labels_alone(apkg, base, tag, tmp_path):
    folder, package = tmp_path / "repeat", tmp_path / "package"
    folder.mkdir()
    (folder / "repeat.py").write_text(
        "import argparse\nparser = argparse.ArgumentParser(description='Repeat a word.')\n"
        "parser.add_argument('--times', type=int, default=2)\n"
        "parser.add_argument('--output', default='out.txt', help='file to write')\n"
        "given = parser.parse_args()\nopen(given.output, 'w').write('word ' * given.times)\n"
    )
    (folder / "Dockerfile").write_text(
        f"FROM {base}\nCOPY repeat.py /app/repeat.py\nUSER 1000\n"
        'CMD ["python3", "/app/repeat.py"]\n'
    )
    done = json.loads(apkg("build", folder, "-t", tag, "-o", package, "-q", "--format", "json").out)
    assert (done["buildpack"], done["lock"]) == ("DockerBuildPack", [])
    assert written(package) == [name.replace("demo", "repeat") for name in PACKAGE[:-1]]
    config = inspected(tag)["Config"]
    assert (config["User"], config["Cmd"]) == ("1000", ["python3", "/app/repeat.py"])
    assert config["Labels"]["org.opencontainers.image.title"] == "Repeat a word"
    apkg("run", package / "repeat.cwl", "times=3", "-o", tmp_path / "out", "-q")
    assert (tmp_path / "out" / "out.txt").read_text() == "word word word "


def test_a_dry_run_writes_what_docker_builds_with_the_command_that_it_prints(
    lean, notebook, tag, tmp_path
):
    context = tmp_path / "context"
    words = ["-t", tag, "--dry-run", "--context", context, "--format", "json"]
    done = json.loads(lean(notebook, *words).out)
    assert not list(tmp_path.glob("*.cwl"))
    assert done["buildpack"] == "LeanBuildPack"
    assert done["command"][:2] == ["docker", "build"]
    environment = {**os.environ, "DOCKER_BUILDKIT": "0"}
    built = run_process(done["command"], on_line=lambda _line: None, environment=environment)
    assert built.status == 0
    command = ["docker", "run", "--rm", "--network=none", tag, "demo", "--help"]
    assert "--n" in subprocess.run(command, capture_output=True, text=True, check=True).stdout

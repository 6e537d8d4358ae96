"""What the built images of samples hold, and how little they ask of who runs them."""

import json
import re
import subprocess

import pytest
from acceptance_samples import BY_NAME, files, finished
from docker_images import SAMPLES

pytestmark = [pytest.mark.docker, pytest.mark.slow]

OCI = "org.opencontainers.image."


def inside(image, *command, options=()):
    """What a command prints in a container of the image."""
    start = ["docker", "run", "--rm", "--network=none", *options, image]
    return finished([*start, *command]).stdout


def locked(text, title):
    """The lines of a lock below a title."""
    (part,) = re.findall(rf"(?ms)^\[{title}[^\n]*\]\n(.*?)\n*(?=^\[|\Z)", text)
    return part.splitlines()


def versions(lines):
    """Packages and versions, however their names are written (PEP 503)."""
    pairs = (line.split("==") for line in lines if line)
    return {(re.sub("[-_.]+", "-", name).lower(), version) for name, version in pairs}


def cloned(folder):
    """Make a repository of the folder, as somebody has cloned it."""
    git = ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (
        ["init", "-q"],
        ["remote", "add", "origin", "https://me:secret@example.org/eo/rainfall.git"],
        ["add", "-A"],
        ["commit", "-q", "-m", "All of it"],
    ):
        finished([*git, *words])
    return folder


@pytest.mark.parametrize("name", ["rainfall-bash", "trend-r"])
def test_the_lock_is_what_is_in_the_image(made, name):
    one = made(name)
    (path,) = one.package.glob("*.lock.txt")
    text = path.read_text(encoding="utf-8")
    image = one.told["image"]
    (python,) = re.findall(r"(?m)^\[Python packages of (.*)\]$", text)
    freeze = inside(image, python, "-m", "pip", "freeze", "--all").splitlines()
    assert versions(locked(text, "Python packages")) == versions(freeze)
    debian = inside(image, "dpkg-query", "-W", "-f", "${binary:Package}=${Version}\n")
    assert locked(text, "Debian packages") == sorted(debian.splitlines())
    config = json.loads(finished(["docker", "image", "inspect", image]).stdout)[0]["Config"]
    assert config["Cmd"] == [name, "--help"]
    assert not config.get("Entrypoint")
    if name == "rainfall-bash":
        assert config["User"] == "1000:1000"
    if name == "trend-r":
        script = 'cat(as.character(packageVersion("IRkernel")))'
        version = inside(image, "Rscript", "-e", script)
        assert f"IRkernel=={version}" in locked(text, "R packages")


@pytest.mark.parametrize(
    ("name", "user", "home"),
    [
        ("rainfall-bash", "12345:12345", "/nonexistent"),
        ("trend-r", "54321:0", "/"),
        ("vegetation-ipython2cwl", "0:0", "/work/its own home"),
    ],
)
def test_any_user_and_home_and_nothing_to_write_to(made, tmp_path, name, user, home):
    sample, one = BY_NAME[name], made(name)
    work = tmp_path / "work"
    (work / "its own home").mkdir(parents=True)
    for path in (work, work / "its own home"):
        path.chmod(0o777)
    options = ["--read-only", "--tmpfs=/tmp", f"--user={user}", f"--env=HOME={home}"]
    options += [f"--volume={work}:/work", f"--volume={one.folder / 'data'}:/in:ro"]
    inside(
        one.told["image"],
        name,
        *(f"--{value}" for value in sample.job("/in")),
        options=[*options, "--workdir=/work"],
    )
    assert (work / f"{name}.executed.ipynb").is_file()
    made_here = files(work / "results")
    assert made_here.keys() == {result.removeprefix("results/") for result in sample.results}


def test_an_ordinary_user_builds_the_same_from_a_clone(made, as_user, own_folder, base, tmp_path):
    sample, first = BY_NAME["rainfall-bash"], made("rainfall-bash")
    place = own_folder(cloned(sample.copy(tmp_path, base)))
    tag = "apkg-test/accepted-by-user:1"
    words = ["-o", "package", "-q", "--force", "--format", "json"]
    command = sample.command(sample.name, base, *words, tag=tag)
    epoch = {"SOURCE_DATE_EPOCH": "1000000000"}
    try:
        done = json.loads(as_user(*command, folder=place, environment=epoch).stdout)
        assert not done["upToDate"]
        # Neither who builds nor the commit makes it another image.
        assert done["contextDigest"] == first.told["contextDigest"]
        assert (place / "package" / "rainfall-bash.lock.txt").stat().st_uid != 0
        described = finished(["docker", "image", "inspect", tag]).stdout
        labels = json.loads(described)[0]["Config"]["Labels"]
    finally:
        subprocess.run(["docker", "image", "rm", tag], capture_output=True, check=False)
    assert labels[f"{OCI}title"] == "Monthly rainfall"
    assert labels[f"{OCI}version"] == "1.0.0"
    assert labels[f"{OCI}licenses"] == "Apache-2.0"
    assert labels[f"{OCI}source"] == "https://example.org/eo/rainfall.git"
    assert re.fullmatch("[0-9a-f]{40}", labels[f"{OCI}revision"])
    assert labels[f"{OCI}created"] == "2001-09-09T01:46:40Z"


@pytest.mark.parametrize("name", ["rainfall-bash", "trend-r"])
def test_a_dry_run_is_the_same_every_time_and_what_is_built(made, apkg, base, tmp_path, name):
    sample, first = BY_NAME[name], made(name)
    found = []
    for number, mask in enumerate((0o022, 0o077)):
        folder = sample.copy(tmp_path / str(number), base)
        context = tmp_path / str(number) / "context"
        words = ["--dry-run", "--context", context, "--format", "json"]
        done = json.loads(apkg(*sample.command(folder, base, *words), umask=mask).stdout)
        assert done["contextDigest"] == first.told["contextDigest"]
        modes = {path.relative_to(context): path.stat().st_mode for path in context.rglob("*")}
        found.append((done["steps"], done["labels"], modes, files(context)))
    assert found[0] == found[1]


def test_conda_goes_as_far_as_its_dockerfile(apkg, tmp_path):
    folder, context = SAMPLES / "water-mask", tmp_path / "context"
    done = apkg("build", folder, "--dry-run", "--no-pull", "--context", context)
    assert "  buildpack  CondaBuildPack\n" in done.stdout
    assert "conda: environment.yml" in done.stdout
    assert "apkg: papermill, kernel python3, launcher water-mask" in done.stdout
    text = (context / "Dockerfile").read_text(encoding="utf-8")
    order = ["FROM ", "install-base-env.bash", "environment.yml", "apkg-layer/", "install.sh"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    declared = (folder / "environment.yml").read_bytes()
    assert (context / "src" / "environment.yml").read_bytes() == declared

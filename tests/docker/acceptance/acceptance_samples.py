"""Folders of ``samples/`` as their authors would build them, where no registry can be reached."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from docker_images import SAMPLES, unmeasured

#: An ordinary user, of whom this machine has no account.
USER = 54321


def unchanged(_folder, _base):
    """The folder is built as it is."""


def on_the_base(folder, base):
    """The Dockerfile starts from the base image, not from one of a registry."""
    path = folder / "Dockerfile"
    text = path.read_text(encoding="utf-8")
    assert text.count("FROM debian:bookworm-slim\n") == 1
    path.write_text(text.replace("debian:bookworm-slim", base), encoding="utf-8")


@dataclass(frozen=True)
class Sample:
    """A folder, what to type behind ``apkg build FOLDER``, and what to run.

    ``words`` and ``options`` may hold ``{base}``; in ``values``, ``$NAME`` is a file of its data.
    """

    name: str
    buildpack: str
    values: tuple[str, ...]
    results: frozenset[str]
    words: tuple[str, ...] = ()
    options: tuple[str, ...] = ("--network=host",)
    prepare: Callable = field(default=unchanged, repr=False)

    @property
    def image(self):
        """Kept by the engine: who builds it again has nothing to do."""
        return f"apkg-test/accepted-{self.name}:1"

    @property
    def source(self):
        """The folder of the sample."""
        return SAMPLES / self.name

    def copy(self, folder, base):
        """The folder, of which only what is declared is copied, and not what it has made."""
        place = folder / self.name
        shutil.copytree(self.source, place)
        self.prepare(place, base)
        return place

    def command(self, folder, base, *more, tag=None):
        """The words of ``apkg build``."""
        filled = [word.format(base=base) for word in self.words]
        options = [word.format(base=base) for word in self.options]
        return ["build", folder, "-t", tag or self.image, *filled, *more, "--", *options]

    def job(self, data):
        """The words of ``apkg run`` behind the package."""
        return [value.replace("$", f"{data}/") for value in self.values]


LEAN = ("--lean", "--base-image", "{base}")
#: In the order of what they cost: who has nothing left to do takes of the last.
SAMPLES_BUILT = (
    Sample(
        name="vegetation-ipython2cwl",
        buildpack="LeanBuildPack",
        words=LEAN,
        values=("observations=$plots.csv", "minimum_plots=4"),
        results=frozenset(["ndvi-statistics.csv", "ndvi_plot.png"]),
    ),
    Sample(
        name="trend-r",
        buildpack="DockerBuildPack",
        options=("--network=host", "--build-arg", "BASE_IMAGE={base}"),
        values=("input_file=$ndvi.csv", "confidence=0.9"),
        results=frozenset(["climatology.csv", "trend.csv", "trend.png"]),
    ),
    Sample(
        name="flood-detector",
        buildpack="DockerBuildPack",
        prepare=on_the_base,
        values=("features=$features.tif", "statistics=areas.json"),
        results=frozenset(["flood.tif", "areas.json"]),
    ),
    Sample(
        name="rainfall-bash",
        buildpack="LeanBuildPack",
        words=LEAN,
        values=("input_file=$rain.csv", "wet_day=2.5"),
        results=frozenset(["results/monthly-rainfall.csv", "results/wettest-months.csv"]),
    ),
)
BY_NAME = {sample.name: sample for sample in SAMPLES_BUILT}


def files(folder):
    """What a run has left, the executed notebook apart: its cells tell how long they took."""
    found = (path for path in sorted(Path(folder).rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if not path.name.endswith(".executed.ipynb")
    }


def finished(command, code=0, env=None, **options):
    """Run a command that ends with this code."""
    command, options = list(map(str, command)), {**options, "env": unmeasured(env)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done

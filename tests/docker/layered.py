"""Images whose build context apkg makes, built by the classic builder and run by a stranger."""

import os
import subprocess

from apkg.builders.context import make_context
from apkg.builders.interface import ContextRequest, LaunchedProgram
from apkg.emitters.launcher import launcher
from apkg.sources.notebook import read_notebook_application


def program(notebook):
    """What an image is given of a notebook."""
    application = read_notebook_application(notebook).application
    kind = application.program
    return LaunchedProgram(
        id=application.id,
        launcher=launcher(application),
        notebook=kind.notebook,
        language=kind.language,
        kernel=kind.kernel,
    )


def context(source, folder, **options):
    """The build context of a folder with notebooks."""
    programs = tuple(program(path) for path in sorted(source.glob("*.ipynb")))
    return make_context(ContextRequest(folder=source, programs=programs, **options), folder)


def try_build(made, name):
    """Build an image: the exit code, and the whole log."""
    file = made.folder / made.dockerfile
    command = ["docker", "build", "--network=host", "-t", name, "-f", file, made.folder]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "DOCKER_BUILDKIT": "0"},
    )
    return done.returncode, done.stdout


def build(made, name):
    """Build an image; gives its name."""
    code, log = try_build(made, name)
    assert code == 0, log[-4000:]
    return name


def run(image, *words, folder, code=0, options=()):
    """Run a command as CWL engines do: unknown user, read-only image, no home; what it prints."""
    folder.chmod(0o777)
    command = ["docker", "run", "--rm", "--read-only", "--tmpfs=/tmp", "--network=none"]
    command += ["--user=12345:12345", "--env=HOME=/nonexistent", f"--volume={folder}:/work"]
    command += ["--workdir=/work", *options, image, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout

"""The layer that turns an image with an environment into one that runs programs.

It is appended to the last stage of any Dockerfile. ``apkg-layer/`` in the build context becomes
``/opt/apkg``: each program's notebook, launcher and command, and what installs them (``.layer``,
whose name no program can have).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from apkg.builders.dockerfile import closed, final_user, label
from apkg.builders.interface import LaunchedProgram
from apkg.errors import Location, SourceError
from apkg.files.dockerfile import escape_character

FOLDER = "apkg-layer"
ROOT = "/opt/apkg"
_FILES = Path(__file__).with_name("layer_files")
#: The user of images whose Dockerfile does not say: repo2docker's and Jupyter's name theirs in the
#: environment, micromamba's too.
_INHERITED_USER = "${NB_UID:-${MAMBA_USER:-root}}"
_COMMAND = """\
#!/bin/sh
# Runs the notebook {id} with the options given; --help lists them. Made by apkg.
# It sets apkg_python, and what the activation of the environment sets.
. {root}/.environment
set -- "$apkg_python" {root}/{id}/{id}.launcher.py "$@"
# The folder's own start script, as repo2docker runs it.
if [ -n "${{R2D_ENTRYPOINT:-}}" ]; then
    exec "$R2D_ENTRYPOINT" "$@"
fi
exec "$@"
"""


def write_layer(programs: Sequence[LaunchedProgram], context: Path) -> None:
    """Write ``apkg-layer/`` into a build context.

    Raises:
        SourceError: the context has something of that name.

    """
    folder = context / FOLDER
    try:
        folder.mkdir()
    except FileExistsError as error:
        raise SourceError(
            f"the folder holds {FOLDER}, which apkg needs for itself",
            hint="Rename it, or name it in .dockerignore.",
            location=Location(path=FOLDER),
        ) from error
    (folder / ".layer").mkdir()
    for path in sorted(_FILES.iterdir()):
        if path.suffix in {".py", ".sh"} and path.name != "__init__.py":
            shutil.copyfile(path, folder / ".layer" / path.name)
    needed = "".join(f"{requirement}\n" for requirement in requirements_of(programs))
    _write(folder / ".layer" / "requirements.txt", needed)
    for program in programs:
        place = folder / program.id
        place.mkdir()
        _write(place / f"{program.id}.launcher.py", program.launcher)
        _write(place / f"{program.id}.template.ipynb", program.notebook)
        _write(place / f"{program.id}.sh", _COMMAND.format(id=program.id, root=ROOT))


def requirements_of(programs: Sequence[LaunchedProgram]) -> list[str]:
    """What the programs need of Python's packages, sorted."""
    found = {"papermill"}
    for program in programs:
        found.update(program.packages)
        if program.language.lower() == "python":
            found.add("ipykernel")
    return sorted(" ".join(requirement.split()) for requirement in found)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def with_layer(
    dockerfile: str, programs: Sequence[LaunchedProgram], users: Mapping[str, str]
) -> str:
    """The Dockerfile with the layer appended.

    No entry point is left: CWL engines run it before the command, and repo2docker's writes a log
    into the folder of the results. ``users`` are those of base images, where they are known.
    """
    user = final_user(dockerfile, users)
    lines = [
        "",
        f"# The programs of this image, made by apkg: {', '.join(p.id for p in programs)}",
        "USER root",
        f"COPY {FOLDER}/ {ROOT}/",
        f'RUN ["/bin/sh", "{ROOT}/.layer/install.sh"]',
        "ENTRYPOINT []",
    ]
    if len(programs) == 1:
        lines.append(f"CMD {json.dumps([programs[0].id, '--help'])}")
    lines.append(f"USER {_INHERITED_USER if user is None else user or 'root'}")
    return closed(dockerfile) + "".join(f"{line}\n" for line in lines)


def with_labels(dockerfile: str, labels: Sequence[tuple[str, str]]) -> str:
    """The Dockerfile with labels at its end, where a change of them costs no other step."""
    escape = escape_character(dockerfile)
    lines = [f"{label(key, value, escape)}\n" for key, value in labels]
    return closed(dockerfile) + "".join(["\n", *lines] if lines else [])

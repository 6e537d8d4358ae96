"""A buildpack for repo2docker: pip packages on a slim Python image, and nothing else.

No conda, no Jupyter server: the image is a fraction of the size. repo2docker alone takes it, too,
in its ``repo2docker_config.py``::

    from apkg.builders.lean import LeanBuildPack
    c.Repo2Docker.buildpacks.insert(0, LeanBuildPack)
"""

from __future__ import annotations

import re
import shlex
import tomllib
import warnings
from functools import cached_property
from pathlib import Path

from apkg.builders.dockerfile import label

with warnings.catch_warnings():
    # Its libraries announce what they will remove.
    warnings.simplefilter("ignore")
    from repo2docker.app import Repo2Docker  # type: ignore[import-untyped]
    from repo2docker.buildpacks.base import BaseImage  # type: ignore[import-untyped]
    from repo2docker.utils import is_local_pip_requirement  # type: ignore[import-untyped]

DEFAULT_PYTHON = "3.12"
DEFAULT_BASE = "docker.io/library/python:{version}-slim"
#: What asks for more than pip packages, in the folder or its binder folder.
BEYOND_PIP = (
    "Dockerfile", "environment.yml", "environment.yaml", "install.R", "Project.toml",
    "JuliaProject.toml", "REQUIRE", "default.nix", "Pipfile", "Pipfile.lock", "requirements3.txt",
)  # fmt: skip
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9.+-]*")
_VERSION = re.compile(r"[23](?:\.[0-9]{1,2}){1,2}")
_TEMPLATE = """\
FROM {base}

ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PYTHONUNBUFFERED=1

ARG NB_USER
ARG NB_UID
ENV USER=${{NB_USER}} HOME=/home/${{NB_USER}}
ARG REPO_DIR=${{HOME}}
ENV REPO_DIR=${{REPO_DIR}} VIRTUAL_ENV=/opt/venv
ENV PATH=/opt/venv/bin:${{HOME}}/.local/bin:${{REPO_DIR}}/.local/bin:${{PATH}}

USER root
{apt}RUN set -e; \\
    getent group ${{NB_UID}} >/dev/null || groupadd --gid ${{NB_UID}} ${{NB_USER}}; \\
    getent passwd ${{NB_UID}} >/dev/null || useradd --create-home --no-log-init \\
        --home-dir ${{HOME}} --uid ${{NB_UID}} --gid ${{NB_UID}} --shell /bin/sh ${{NB_USER}}; \\
    mkdir -p ${{HOME}} ${{REPO_DIR}} /opt/venv; \\
    chown ${{NB_UID}}:${{NB_UID}} ${{HOME}} ${{REPO_DIR}} /opt/venv; \\
    chmod 755 ${{HOME}} ${{REPO_DIR}}
WORKDIR ${{REPO_DIR}}

USER ${{NB_UID}}:${{NB_UID}}
{preassemble}COPY --chown={uid}:{uid} src/ ${{REPO_DIR}}/
{assemble}{labels}{start}CMD ["python3"]
{appendix}"""
_APT = """\
RUN apt-get -qq update && \\
    apt-get -qq install --yes --no-install-recommends {packages} >/dev/null && \\
    apt-get -qq clean && rm -rf /var/lib/apt/lists/*
"""


class LeanBuildPack(BaseImage):  # type: ignore[misc]
    """``requirements.txt``, a Python project, ``runtime.txt``, ``apt.txt``, ``postBuild``.

    ``also`` are requirements of what is added to the image later: installed before the folder is
    copied, they are not installed again whenever a file of it has changed.
    """

    also: tuple[str, ...] = ()

    def __init__(self, base_image: str = "") -> None:
        super().__init__(base_image)
        if base_image in {"", Repo2Docker.base_image.default_value}:
            # repo2docker's own is neither slim nor of the Python version asked for.
            self.base_image = DEFAULT_BASE.format(version=self.python_version or DEFAULT_PYTHON)

    def detect(self) -> bool:
        """Whether the folder declares pip packages and nothing beyond them."""
        names = ("requirements.txt", "apt.txt", "runtime.txt")
        declares = any(Path(self.binder_path(name)).exists() for name in names)
        return self.beyond_pip() is None and (declares or self.is_project)

    def beyond_pip(self) -> str | None:
        """The first file that asks for more than pip packages."""
        for name in BEYOND_PIP:
            if Path(self.binder_path(name)).exists():
                return str(self.binder_path(name))
        if not self.binder_dir and Path("DESCRIPTION").exists():
            return "DESCRIPTION"
        other = self.runtime[0] not in {None, "python"}
        return str(self.binder_path("runtime.txt")) if other else None

    @cached_property
    def python_version(self) -> str | None:
        """The version that ``runtime.txt`` asks for.

        Raises:
            ValueError: it is no version.

        """
        name, version, _ = self.runtime
        if name != "python":
            return None
        if not _VERSION.fullmatch(version or ""):
            raise ValueError(f"runtime.txt: python-{version} names no version; python-3.12 does")
        return str(version)

    @cached_property
    def apt_packages(self) -> list[str]:
        """The packages in ``apt.txt``, sorted.

        Raises:
            ValueError: a line is no name of a package.

        """
        path = Path(self.binder_path("apt.txt"))
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        found = {line.partition("#")[0].strip() for line in lines} - {""}
        for name in sorted(found):
            if not _PACKAGE.fullmatch(name):
                raise ValueError(f"apt.txt: {name!r} is no name of a Debian package")
        return sorted(found)

    @cached_property
    def is_project(self) -> bool:
        """Whether the folder is itself a Python package, as repo2docker sees it."""
        if self.binder_dir:
            return False
        path = Path("pyproject.toml")
        if Path("setup.py").exists() or not path.exists():
            return Path("setup.py").exists()
        return {"project", "build-system"} <= tomllib.loads(path.read_text(encoding="utf-8")).keys()

    @cached_property
    def needs_folder(self) -> bool:
        """Whether pip needs more of the folder than ``requirements.txt``."""
        path = Path(self.binder_path("requirements.txt"))
        data = path.read_bytes() if path.exists() else b""
        # As pip reads it: Windows' PowerShell writes UTF-16.
        encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        lines = data.decode(encoding, "replace").splitlines()
        return self.is_project or any(map(is_local_pip_requirement, lines))

    def _installs(self) -> list[str]:
        requirements = self.binder_path("requirements.txt")
        found = []
        if Path(requirements).exists():
            found.append(f"pip install --no-cache-dir -r {requirements}")
        if self.is_project:
            found.append("pip install --no-cache-dir .")
        return found

    def render(self, build_args: dict[str, str] | None = None) -> str:
        """Write the Dockerfile."""
        requirements = self.binder_path("requirements.txt")
        installs = [] if self.needs_folder else self._installs()
        uid = (build_args or {}).get("NB_UID", "1000")
        make = " && ".join([self._environment(), *installs])
        copy = f"COPY --chown={uid}:{uid} src/{requirements} ${{REPO_DIR}}/{requirements}\n"
        words = [] if self.needs_folder else self.also
        also = f"RUN pip install --no-cache-dir {shlex.join(words)}\n" if words else ""
        steps = [f"RUN {' && '.join(self._installs())}"] if self.needs_folder else []
        steps += [f"RUN chmod +x {s} && ./{s}" for s in self.get_post_build_scripts()]
        start = self.get_start_script()
        return _TEMPLATE.format(
            base=self.base_image,
            apt=self._apt(),
            uid=uid,
            preassemble=f"{copy if installs else ''}RUN {make}\n{also}",
            assemble="".join(f"{step}\n" for step in steps),
            labels="".join(f"{label(k, str(v))}\n" for k, v in sorted(self.get_labels().items())),
            start=f'RUN chmod +x "{start}"\nENV R2D_ENTRYPOINT="{start}"\n' if start else "",
            appendix=f"{self.appendix}\n" if self.appendix else "",
        )

    def _apt(self) -> str:
        return _APT.format(packages=" ".join(self.apt_packages)) if self.apt_packages else ""

    def _environment(self) -> str:
        """The command that makes the virtual environment, with the Python asked for."""
        make = "python3 -m venv /opt/venv"
        if self.python_version is None:
            return make
        wanted = tuple(int(part) for part in self.python_version.split("."))
        message = f"runtime.txt asks for Python {self.python_version}, and {self.base_image} has "
        check = (
            f"import sys; v = sys.version_info[:{len(wanted)}]; "
            f"v == {wanted} or sys.exit({message!r} + '.'.join(map(str, v)))"
        )
        return f"python3 -c {shlex.quote(check)} && {make}"

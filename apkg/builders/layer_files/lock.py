"""Writes what the image holds to ``lock.txt`` beside each program: sorted, without dates."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

R_SCRIPT = 'p <- installed.packages(); cat(paste0(p[, "Package"], "==", p[, "Version"]), sep="\\n")'
R = ("Rscript", "--no-save", "--no-restore", "-e", R_SCRIPT)
DPKG = ("dpkg-query", "-W", "-f", "${binary:Package}=${Version}\n")
OPTIONS = frozenset(("--python", "--conda"))


def lines_of(*command: str) -> list[str]:
    """Give what a command prints, sorted; nothing where it is missing or fails."""
    if not shutil.which(command[0]):
        return []
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603 - see above
    text = done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
    return sorted(filter(None, text.splitlines()))


def python_packages() -> list[str]:
    """Give this Python's packages as pip's requirements (PEP 610 tells where one came from)."""
    from importlib import metadata

    found = {}
    for package in metadata.distributions():
        name = package.metadata["Name"]
        if not name or name.lower() in found:
            continue
        line = f"{name}=={package.version}"
        origin = json.loads(package.read_text("direct_url.json") or "{}")
        if origin.get("vcs_info"):
            vcs = origin["vcs_info"]
            line = f"{name} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
        found[name.lower()] = line
    return sorted(found.values(), key=str.lower)


def conda_packages() -> list[str]:
    """Give this environment's packages as ``conda list --explicit --md5`` writes them."""
    found = []
    for path in Path(sys.prefix, "conda-meta").glob("*.json"):
        package = json.loads(path.read_text(encoding="utf-8"))
        found.append(f"{package.get('url')}#{package.get('md5')}")
    return sorted(found)


def pythons(root: Path) -> list[str]:
    """Give every Python in use: the launchers', and those that are kernels."""
    from jupyter_client.kernelspec import KernelSpecManager

    found = {sys.executable}
    for kernel in KernelSpecManager().get_all_specs().values():
        program = (kernel["spec"].get("argv") or [""])[0]
        if os.path.isabs(program) and Path(program).name.startswith("python"):  # noqa: PTH117
            found.add(program)
    return sorted(path for path in found if Path(path).exists() and str(root) not in path) + sorted(
        path for path in found if str(root) in path
    )


def sections(root: Path) -> list[tuple[str, list[str]]]:
    """Give everything that is installed, under its title."""
    found = [("Debian packages", lines_of(*DPKG))]
    for python in pythons(root):
        for option, title in (("--conda", "conda packages"), ("--python", "Python packages")):
            found.append((f"{title} of {python}", lines_of(python, __file__, option)))
    return [*found, ("R packages", sorted(set(lines_of(*R)))),
            ("Julia packages", lines_of("julia", "-e", "import Pkg; Pkg.status()"))]  # fmt: skip


def main(root: Path) -> None:
    """Write the lock of every program."""
    parts = ["\n".join([f"[{title}]", *lines, ""]) for title, lines in sections(root) if lines]
    for folder in (path for path in sorted(root.iterdir()) if not path.name.startswith(".")):
        head = f"# What the image of {folder.name} holds. Written by apkg.\n\n"
        (folder / "lock.txt").write_text(head + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] in OPTIONS:
        packages = python_packages() if sys.argv[1] == "--python" else conda_packages()
        sys.stdout.writelines(f"{package}\n" for package in packages)
    else:
        main(Path(sys.argv[1]))

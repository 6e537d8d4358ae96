"""Sees to it that every program finds its Jupyter kernel, by the launchers' own rule."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

#: Where every Jupyter looks, for every user.
SHARED = Path("/usr/local/share/jupyter/kernels")
ADVICE = {
    "julia": "install Julia and its package IJulia",
    "r": "install R and its package IRkernel (environment.yml: r-irkernel)",
    "bash": "install bash",
}


def programs(root: Path) -> Iterator[Path]:
    """Give the folders of the programs below ``root``, sorted."""
    return (path for path in sorted(root.iterdir()) if not path.name.startswith("."))


def load(folder: Path) -> tuple[Any, dict[str, Any]]:
    """Load the launcher of a program, as a module, and its notebook."""
    sys.dont_write_bytecode = True
    path = folder / f"{folder.name}.launcher.py"
    specification = importlib.util.spec_from_file_location("launcher", path)
    module = importlib.util.module_from_spec(specification)  # type: ignore[arg-type]
    specification.loader.exec_module(module)  # type: ignore[union-attr]
    text = (folder / f"{folder.name}.template.ipynb").read_text(encoding="utf-8")
    return module, json.loads(text)


def run(*command: str) -> bool:
    """Run a command; its output goes to the log of the build."""
    sys.stderr.write(f"apkg: {' '.join(command)}\n")
    sys.stderr.flush()
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0  # noqa: S603


def apt(*packages: str) -> bool:
    """Install packages with apt, where there is one."""
    return bool(shutil.which("apt-get")) and (
        run("apt-get", "-qq", "update")
        and run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages)
        and run("sh", "-c", "rm -rf /var/lib/apt/lists/*")
    )


def write_kernel(name: str, title: str, language: str, *command: str) -> None:
    """Tell every Jupyter of a kernel."""
    folder = SHARED / name
    folder.mkdir(parents=True, exist_ok=True)
    kernel = {"argv": list(command), "display_name": title, "language": language}
    (folder / "kernel.json").write_text(json.dumps(kernel, indent=1) + "\n", encoding="utf-8")


def add_r() -> None:
    """Add R's kernel: the package that is there, else Debian's, else CRAN's."""
    has_kernel = ("Rscript", "-e", 'quit(status = !requireNamespace("IRkernel", quietly = TRUE))')
    r = shutil.which("R")
    if r is None or (shutil.which("dpkg") and run("dpkg", "-S", os.path.realpath(r))):
        if not (r and run(*has_kernel)):
            apt("r-base-core", "r-cran-irkernel")
    elif not run(*has_kernel):
        repository = (
            'repos = setdiff(c(getOption("repos"), "https://cloud.r-project.org"), "@CRAN@")'
        )
        run("Rscript", "-e", f'install.packages("IRkernel", {repository})')
    r = shutil.which("R")
    if r and run(*has_kernel):
        options = ("--slave", "-e", "IRkernel::main()", "--args", "{connection_file}")
        write_kernel("ir", "R", "R", r, *options)


def add_bash() -> None:
    """Add Bash's kernel, which is a Python package."""
    if shutil.which("bash") and run(sys.executable, "-m", "pip", "install", "--no-cache-dir",
                                    "--quiet", "bash_kernel"):  # fmt: skip
        run(sys.executable, "-m", "bash_kernel.install", "--sys-prefix")


def add_julia() -> None:
    """Add Julia's kernel, in a package folder that every user may read."""
    julia = shutil.which("julia")
    if julia is None:
        return
    os.environ.setdefault("JULIA_DEPOT_PATH", "/opt/apkg/.julia")
    os.environ["JUPYTER_DATA_DIR"] = str(SHARED.parent)
    run(julia, "-e", 'import Pkg; Pkg.add("IJulia"); import IJulia; IJulia.installkernel("julia")')
    del os.environ["JUPYTER_DATA_DIR"]


ADD: dict[str, Callable[[], None]] = {"r": add_r, "bash": add_bash, "julia": add_julia}


def adopt_private_kernels() -> None:
    """Copy the kernels that somebody installed for one user, to where everybody finds them."""
    for account in pwd.getpwall():
        private = Path(account.pw_dir) / ".local/share/jupyter/kernels"
        for path in sorted(private.glob("*/kernel.json")):
            if not (SHARED / path.parent.name).exists():
                shutil.copytree(path.parent, SHARED / path.parent.name)


def ensure(folder: Path) -> str:
    """Find the kernel of a program, after adding it where it is missing: its name.

    Raises SystemExit where there is none.
    """
    module, notebook = load(folder)
    language = module.LANGUAGE
    for add in (None, ADD.get(language)):
        if add is not None:
            add()
        with contextlib.suppress(module.StopError):
            return str(module.find_kernel(notebook)[0])
    wanted = (notebook.get("metadata", {}).get("kernelspec") or {}).get("name") or language
    from jupyter_client.kernelspec import KernelSpecManager

    specifications: Any = KernelSpecManager()
    found = ", ".join(sorted(specifications.find_kernel_specs())) or "none"
    advice = ADVICE.get(language, f"install a Jupyter kernel for {language} in the image")
    sys.exit(f"apkg: error: kernel {wanted} is missing in the image; found: {found}; {advice}")


def main(root: Path) -> None:
    """See to the kernel of every program."""
    warnings.simplefilter("ignore")
    adopt_private_kernels()
    # Whoever runs the image has another home folder than this one.
    os.environ["HOME"] = "/nonexistent"
    for folder in programs(root):
        sys.stderr.write(f"apkg: {folder.name} runs with the kernel {ensure(folder)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

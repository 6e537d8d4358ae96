"""What the notebook runs in: folders for its tools, its modules, its kernel."""

from __future__ import annotations

import importlib
import json
import os
import site
import sys
from pathlib import Path
from typing import Any

from apkg.emitters.launcher_parts.head import LANGUAGE, MISSING, NAME, StopError, say

# part: begin


def unpack_modules(notebook: dict[str, Any], scratch: Path) -> Path:
    """Write the author's own modules, which travel in the notebook's metadata, to a folder."""
    folder = scratch / "modules"
    folder.mkdir()
    files = (notebook.get("metadata", {}).get("apkg") or {}).get("files") or {}
    for name, text in files.items():
        path = folder.joinpath(*(part for part in name.split("/") if part not in ("", "..")))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def prepare_environment(modules: Path, scratch: Path) -> None:
    """Let every tool keep its own files in ``scratch``, and the notebook find its modules."""
    home = home_of_user()
    if home:
        find_installed(home)
    for variable, folder in (("IPYTHONDIR", "ipython"), ("JUPYTER_RUNTIME_DIR", "runtime")):
        (scratch / folder).mkdir(mode=0o700)
        os.environ[variable] = str(scratch / folder)
    find_modules(modules, scratch / "ipython" / "profile_default")
    # What is compiled already is used; a cache elsewhere would have all of it compiled again.
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    os.environ.setdefault("MPLCONFIGDIR", str(scratch / "matplotlib"))
    os.environ.setdefault("XDG_CACHE_HOME", str(scratch / "cache"))


def find_modules(folder: Path, profile: Path) -> None:
    """Let the notebook import the modules that lay beside it."""
    # The kernel reports its own network and end, which says nothing to a reader.
    settings: dict[str, Any] = {"IPKernelApp": {"log_level": 50}}
    if LANGUAGE == "python":
        # In PYTHONPATH a module named like one of Python's own would keep the kernel from starting.
        insert = f"__import__('sys').path.insert(0, {str(folder)!r})"
        settings["InteractiveShellApp"] = {"exec_lines": [insert]}
    else:
        modules = [str(folder), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, modules))
    profile.mkdir()
    (profile / "ipython_kernel_config.json").write_text(json.dumps(settings), encoding="utf-8")


def home_of_user() -> Path | None:
    """Find the home folder of the user's account, where HOME says something else."""
    try:
        home = importlib.import_module("pwd").getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError, OSError):
        return None
    return Path(home) if home and home != os.environ.get("HOME") else None


def find_installed(home: Path) -> None:
    """Make visible what the user has installed, although a CWL runner moves HOME."""
    jupyter = "Library/Jupyter" if sys.platform == "darwin" else ".local/share/jupyter"
    places = {
        "JUPYTER_DATA_DIR": (jupyter, jupyter),
        "PYTHONUSERBASE": (".local/lib", ".local"),
        "R_LIBS_USER": ("R", "R/%p-library/%v"),
        "JULIA_DEPOT_PATH": (".julia", ".julia"),
    }
    for variable, (needed, value) in places.items():
        if variable in os.environ or not os.access(home / needed, os.R_OK | os.X_OK):
            continue
        os.environ[variable] = str(home / value)
        if variable == "PYTHONUSERBASE" and site.ENABLE_USER_SITE:
            site.USER_BASE = site.USER_SITE = None
            site.addsitedir(site.getusersitepackages())


def needed_module(name: str) -> Any:
    """Import a module that has to be installed."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        message = f"{sys.executable} cannot use {name.partition('.')[0]}: {error}. Install it there"
        raise StopError(f"{message}: pip install papermill ipykernel", MISSING) from None


def find_kernel(notebook: dict[str, Any]) -> tuple[str, str]:
    """Choose the kernel that the notebook names, else one that fits: its name and language."""
    manager = needed_module("jupyter_client.kernelspec").KernelSpecManager()
    languages = {
        name: str(found["spec"].get("language") or LANGUAGE)
        for name, found in manager.get_all_specs().items()
    }
    wanted = (notebook.get("metadata", {}).get("kernelspec") or {}).get("name")
    if wanted in languages:
        return str(wanted), languages[wanted]
    fitting = [name for name in sorted(languages) if languages[name].lower() == LANGUAGE]
    if not fitting:
        raise StopError(
            f"no Jupyter kernel for {LANGUAGE} is installed "
            f"(the notebook names {wanted or 'none'}; found: {', '.join(sorted(languages))})",
            MISSING,
        )
    chosen = "python3" if "python3" in fitting else fitting[0]
    if wanted:
        say(f"{NAME}: the kernel {wanted} is not installed; using {chosen}")
    return chosen, languages[chosen]

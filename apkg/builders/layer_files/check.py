"""Proves that each command works for a user that the image does not know.

CWL engines run images as whoever started them, with a home folder that may not exist.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

#: A user of whom no image knows.
STRANGER = 12345
SECONDS = 300


def become_stranger() -> None:
    """Give up all rights; where the builder itself has no other users, stay who we are."""
    try:
        os.setgroups([])
        os.setgid(STRANGER)
        os.setuid(STRANGER)
    except OSError:
        sys.stderr.write("apkg: checked as this user, for want of another\n")


def as_stranger(*command: str) -> tuple[int, str]:
    """Run a command as a stranger, in a folder of its own: its exit code and all it says."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)  # noqa: S103, PTH101 - for the stranger, and gone at once
        try:
            done = subprocess.run(  # noqa: S603 - the commands of this image, PLW1509
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                cwd=folder,
                timeout=2 * SECONDS,
                env={**os.environ, "HOME": "/nonexistent", "TMPDIR": folder},
                preexec_fn=become_stranger,
            )
        except OSError as error:
            return 1, str(error)
    return done.returncode, done.stdout.decode("utf-8", "replace").strip()


def start_kernel(folder: Path) -> None:
    """Start the kernel of a program as its launcher does, and end it."""
    sys.path.insert(0, str(Path(__file__).parent))
    from jupyter_client.manager import start_new_kernel
    from kernels import load  # type: ignore[import-not-found]

    module, notebook = load(folder)
    with tempfile.TemporaryDirectory() as scratch:
        modules = module.unpack_modules(notebook, Path(scratch))
        module.prepare_environment(modules, Path(scratch))
        name, _ = module.find_kernel(notebook)
        manager, client = start_new_kernel(startup_timeout=SECONDS, kernel_name=name)
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main(root: Path, commands: Path) -> None:
    """Check every program; ends the build where one does not work."""
    for folder in (path for path in sorted(root.iterdir()) if not path.name.startswith(".")):
        status, said = as_stranger(str(commands / folder.name), "--help")
        if status:
            problem = f"{folder.name} --help fails for other users than root"
            sys.exit(f"{said}\napkg: error: {problem}")
        status, said = as_stranger(sys.executable, __file__, "--kernel", str(folder))
        if status:
            problem = f"the kernel of {folder.name} does not start for other users"
            sys.exit(f"{said}\napkg: error: {problem}")


if __name__ == "__main__":
    if sys.argv[1] == "--kernel":
        start_kernel(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Where the checkout is, and git in any folder."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def git(folder, *args):
    """Run git as nobody in particular; what it printed."""
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *map(str, args)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, check=True, text=True, timeout=120
    ).stdout

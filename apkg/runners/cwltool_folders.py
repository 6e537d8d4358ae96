"""Where cwltool, and what is built on it, works and leaves what a failed job has made."""

from __future__ import annotations

from pathlib import Path

from apkg.runners.job import Job


def folders(job: Job) -> tuple[str, ...]:
    """The options that name the folders of a job."""
    return (
        # Failed jobs leave the notebook as far as it ran; the scratch folder goes as a whole.
        "--leave-tmpdir",
        f"--outdir={job.results}",
        f"--tmpdir-prefix={job.scratch / 'work-'}",
        f"--tmp-outdir-prefix={job.scratch / 'out-'}",
    )


def notebooks_left(job: Job) -> list[Path]:
    """The executed notebooks that a failed job has left."""
    # cwltool collects what a failed job has left, unless a wanted output is missing.
    found = sorted(job.results.glob("*.executed.ipynb"))
    return found or sorted(job.scratch.glob("out-*/*.executed.ipynb"))

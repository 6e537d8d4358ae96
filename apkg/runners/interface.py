"""What every runner is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias, get_args

#: Plain data as it stands in a job order or in a runner's answer.
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

#: What starts the containers. ``none``: programs are those of this machine, without a container.
EngineName: TypeAlias = Literal["docker", "podman", "singularity", "udocker", "none"]
ENGINES: Final[tuple[EngineName, ...]] = get_args(EngineName)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """One job: ``process`` of the CWL file ``package`` (None: its main one) with its values.

    Paths in ``job_order`` are absolute. Results go to ``out``, where no file is replaced unless
    ``force``. Each line that the job writes goes to ``on_log`` at once. ``timeout`` is in seconds.
    ``options`` go to the runner's own command line as they are, behind all others. ``image`` is
    the one that the package names, if it is one.
    """

    package: Path
    job_order: Mapping[str, Json]
    out: Path
    process: str | None = None
    engine: EngineName = "docker"
    image: str | None = None
    options: tuple[str, ...] = ()
    force: bool = False
    on_log: Callable[[str], None] = lambda _line: None
    timeout: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What came out: the CWL output object, the files it names in ``out``, the last log lines."""

    outputs: Mapping[str, Json]
    paths: tuple[Path, ...]
    log: tuple[str, ...]
    status: int


class Runner(Protocol):
    """A program that executes a package."""

    def runs_elsewhere(self, request: RunRequest) -> bool:
        """Whether jobs run on other machines, where the engine is no concern of this one."""

    def run(self, request: RunRequest) -> RunResult:
        """Execute one job to its end.

        Raises:
            ToolError: the runner is missing, or the job has failed.
            ApkgError: a result would replace a file.

        """

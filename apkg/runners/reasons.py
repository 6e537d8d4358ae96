"""What runners, engines and launchers write when something goes wrong, and what to do then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and what to do about it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """``pattern`` is looked for in each line; its groups may be named in the texts."""

    pattern: re.Pattern[str]
    message: str
    hint: str


def _known(pattern: str, message: str, hint: str) -> _Known:
    return _Known(pattern=re.compile(pattern, re.IGNORECASE), message=message, hint=hint)


#: Nothing that is written tells it from a container that somebody has killed.
STOPPED = Reason(
    message="the container engine has stopped",
    hint="Start it (sudo systemctl start docker), and see its log for why: journalctl -u docker",
)
#: The first that is found counts: what is nearer to the cause stands further up.
_KNOWN = (
    _known(
        r"no Jupyter kernel for (?P<language>\S+) is installed",
        "the image has no Jupyter kernel for {language}",
        "Build an image that has one (apkg build puts it in), or name another with "
        "apkg convert --image.",
    ),
    _known(
        r"cannot use (?P<module>papermill|jupyter_client|nbformat)\b",
        "the image has no {module}, which the notebook's launcher needs",
        "Build an image that has it (apkg build puts it in), or install it there: "
        "pip install papermill ipykernel.",
    ),
    _known(
        r"no space left on device|disk quota exceeded",
        "the disk is full",
        "Make room where the results go (-o), where scratch files go (TMPDIR), and where the "
        "engine keeps its images; outdirMax and tmpdirMax of ResourceRequirement tell others "
        "how much is needed.",
    ),
    _known(
        r"cannot connect to the docker daemon|cannot connect to podman"
        r"|error during connect|docker daemon.* is not running",
        "the container engine does not answer",
        "Start it: sudo systemctl start docker; or run without a container: --no-container.",
    ),
    _known(
        r"permission denied while trying to connect to the docker",
        "you may not use the Docker daemon",
        "Let an administrator add you to the group of its socket (sudo usermod -aG docker $USER), "
        "and log in again; or try --engine podman or --no-container.",
    ),
    _known(
        r"pull access denied for|manifest unknown|manifest for \S+ not found|no such image"
        r"|repository \S+ not found|requested access to the resource is denied"
        r"|unable to find image|image not known|short-name .*did not resolve"
        r"|reading manifest|initializing source docker|returned non-zero exit status \d+.*pull"
        r"|\bpull\b.*returned non-zero exit status|docker image \S+ not found"
        r"|failed to pull|image.*could not be found",
        "the image{image} is not here, and cannot be fetched",
        "Build it (apkg build -t NAME), check its name and your login to the registry "
        "(docker login), or run without a container: --no-container.",
    ),
    _known(
        r"invalid kube-config file|service host/port is not set|kube_config.*not found",
        "there is no Kubernetes cluster to reach from here",
        "Run it in a pod of the cluster, or where kubectl reaches one; on this machine: "
        "--runner cwltool.",
    ),
    _known(
        r"executable is not available|'(?:docker|podman|singularity|udocker)' not found",
        "the container engine is not installed",
        "Install it, choose another with --engine, or run without a container: --no-container.",
    ),
    _known(
        # Docker; the shell of Toil's containers; cwltool without a container.
        r"(?:exec: \"|\bsh: (?:line )?\d+: |')(?P<command>[^\"':\s]+)"
        r"(?:\": (?:executable file not found|stat )|: not found$|' not found: \[Errno 2\])",
        "the command {command} is missing where it runs",
        "In a container: the image must hold it; apkg build makes one that does. Without a "
        "container: install it where apkg is; a notebook needs no command of its own if apkg "
        "convert puts it into the CWL (without --no-embed).",
    ),
    _known(
        r"is requesting [^.]*more than the maximum|InsufficientSystemResources"
        r"|requested more resources than available|JobTooBig|range of cpus is from",
        "the package asks for more than this machine has",
        "Lower ramMin and coresMin of its ResourceRequirement, or run it on a bigger machine.",
    ),
)


def reason_of(lines: Sequence[str], image: str | None = None) -> Reason | None:
    """Find the first known reason in what was written."""
    name = f" {image}" if image else ""
    for known in _KNOWN:
        for line in lines:
            if match := known.pattern.search(line):
                words = {"image": name, **match.groupdict()}
                return Reason(message=known.message.format(**words), hint=known.hint)
    return None

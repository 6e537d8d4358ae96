"""What engines, registries and package managers write when something goes wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Further up there are the troubles that a build has got over.
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, and what to do about it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """``pattern`` is looked for in each line; its groups may be named in ``message``.

    ``step`` is the instruction that it holds for, where it does not for all.
    """

    pattern: str
    message: str
    hint: str
    step: str = ""


_REACH = "Check the name, the network and the proxy of the engine."
#: The first that is found counts: what is nearer to the cause stands further up.
_KNOWN = (
    _Known(
        # What our own layer says.
        pattern=r"\bapkg: error: (?P<what>.+)$",
        message="{what}",
        hint="The image holds what the folder declares: its Dockerfile, environment.yml, "
        "requirements.txt, apt.txt and the like.",
    ),
    _Known(
        pattern=r"no space left on device|disk quota exceeded|not enough free space"
        r"|insufficient free space",
        message="the disk of the engine is full",
        hint="Make room where the engine keeps its images (docker system df shows what takes it, "
        "docker image prune removes what no name refers to), or build less into the image.",
    ),
    _Known(
        pattern=r"(?:returned a non-zero code|exit code|exit status)[: ]+137\b|signal: killed"
        r"|cannot allocate memory|out of memory",
        message="a command of the build was killed, most likely as it took too much memory",
        hint="Give the engine more memory, or install fewer packages in one step.",
    ),
    _Known(
        pattern=r"cannot connect to the docker daemon|error during connect"
        r"|cannot connect to podman|connection refused.*(?:docker|podman)\.sock",
        message="the container engine does not answer",
        hint="Start it (sudo systemctl start docker), and see its log for why it has stopped: "
        "journalctl -u docker",
    ),
    _Known(
        pattern=r"permission denied while trying to connect to the docker",
        message="you may not use the Docker daemon",
        hint="Let an administrator add you to the group of its socket: "
        "sudo usermod -aG docker $USER",
    ),
    _Known(
        pattern=r"unknown (?:shorthand )?flag: (?P<what>.+)$",
        message="the engine has no option {what}",
        hint="What stands behind '--' goes to its build command: see docker build --help, or "
        "podman build --help.",
    ),
    _Known(
        pattern=r"^",
        message="BuildKit cannot fetch what the line '# syntax=' of the Dockerfile asks for",
        hint="Where there is no network to Docker Hub, take that line out of the Dockerfile: "
        "it is needed for features alone that the engine's own BuildKit does not have.",
        step="resolve image config",
    ),
    _Known(
        pattern=r"server gave http response to https client",
        message="the registry speaks HTTP, and the engine expects HTTPS",
        hint="Give the registry a certificate, or list it under insecure-registries in "
        "/etc/docker/daemon.json (Podman: /etc/containers/registries.conf).",
    ),
    _Known(
        pattern=r"x509: |certificate signed by unknown authority|tls: failed to verify",
        message="the certificate of the registry is not trusted",
        hint="Put the certificate of its authority into /etc/docker/certs.d/HOST:PORT/ca.crt "
        "(Podman: /etc/containers/certs.d/HOST:PORT/ca.crt).",
    ),
    _Known(
        pattern=r"unauthorized|no basic auth credentials|authentication required"
        r"|requested access to the resource is denied|status.*\b40[13]\b.*(?:v2/|registry)"
        r"|insufficient_scope|access forbidden",
        message="the registry refuses",
        hint="Log in (docker login HOST, or podman login HOST) with an account that may use this "
        "name, and check the name: HOST/PROJECT/IMAGE:TAG.",
    ),
    _Known(
        pattern=r"toomanyrequests|429 too many requests|rate limit",
        message="the registry takes no more requests from here for now",
        hint="Log in (docker login), or try again later.",
    ),
    _Known(
        pattern=r"manifest unknown|manifest for \S+ not found|pull access denied"
        r"|repository does not exist|failed to resolve source metadata|name unknown"
        r"|did not resolve to an alias",
        message="there is no such image",
        hint="Check its name and tag, and log in where it is not public. Podman wants the host, "
        "too: docker.io/library/debian:12",
    ),
    _Known(
        pattern=r": not found$",
        message="there is no such base image",
        hint="Check its name and tag behind FROM, and log in where it is not public.",
        step="load metadata",
    ),
    _Known(
        pattern=r"(?:https?://|dial tcp|registry).*(?:no such host|i/o timeout"
        r"|network is unreachable|connection refused|no route to host|deadline exceeded)"
        r"|pinging container registry|request canceled while waiting for connection",
        message="the registry cannot be reached",
        hint=_REACH,
    ),
    _Known(
        pattern=r"temporary failure (?:in name resolution|resolving)|could not resolve"
        r"|name or service not known|network is unreachable|failed to establish a new connection"
        r"|could not connect to|connection timed out|no route to host|connecttimeouterror"
        r"|newconnectionerror|getaddrinfo|could not reach|unable to connect to",
        message="a command of the build does not get into the network",
        hint="Let the build use the network of this machine: apkg build … -- --network=host; "
        "behind a proxy, give it with --build-arg=https_proxy=…",
        step="RUN",
    ),
    _Known(
        pattern=r"no matching distribution found for (?P<what>\S+)"
        r"|could not find a version that satisfies the requirement (?P<other>\S+)",
        message="pip finds no package {what}",
        hint="Check its name and version in requirements.txt or environment.yml, and whether it "
        "supports the Python of the image (runtime.txt).",
        step="RUN",
    ),
    _Known(
        pattern=r"unable to locate package (?P<what>\S+)"
        r"|package '?(?P<other>[^' ]+)'? has no installation candidate",
        message="apt finds no package {what}",
        hint="Check its name in apt.txt or the Dockerfile, for the distribution of the base image "
        "(packages.debian.org, packages.ubuntu.com).",
        step="RUN",
    ),
    _Known(
        pattern=r"nothing provides (?:requested )?(?P<what>\S+)"
        r"|packagesnotfounderror|(?P<other>\S+) does not exist \(perhaps a typo",
        message="conda finds no package {what}",
        hint="Check its name, version and channel in environment.yml.",
        step="RUN",
    ),
    _Known(
        pattern=r"package \W(?P<what>[\w.]+)\W is not available"
        r"|there is no package called \W(?P<other>[\w.]+)",
        message="R finds no package {what}",
        hint="Check its name in install.R or DESCRIPTION, and the date in runtime.txt.",
        step="RUN",
    ),
    _Known(
        pattern=r"file not found in build context|failed to calculate checksum"
        r"|failed to compute cache key|(?:copy|add) failed|copier: stat|no such file or directory",
        message="a file that is to be copied is not in the folder",
        hint="Check the path in the Dockerfile, and that .dockerignore does not leave it out.",
        step="COPY|ADD",
    ),
    _Known(
        pattern=r"cgroups? in hybrid mode|creating container for .*cgroup|error running container"
        r"|crun.*(?:cgroup|bpf)|runc create failed",
        message="the engine cannot start a container for a command of the build",
        hint="Without systemd, or inside another container, Podman may need another runtime: "
        'install runc, and write [engine] and below it runtime = "runc" into '
        "~/.config/containers/containers.conf; or, as root, let it do without: "
        "apkg build … -- --isolation=chroot --network=host",
    ),
    _Known(
        pattern=r"not enough ids available in the namespace|newuidmap|/etc/subuid"
        r"|potentially insufficient uids",
        message="you have too few user ids for containers without root",
        hint="Let an administrator give you some: sudo usermod --add-subuids 100000-165535 "
        "--add-subgids 100000-165535 $USER; then: podman system migrate",
    ),
    _Known(
        pattern=r"unknown instruction: (?P<what>\S+)|dockerfile parse error",
        message="the engine does not understand the Dockerfile",
        hint="The line that it names is wrong, or needs a newer builder (docker buildx).",
    ),
)  # fmt: skip


def reason_of(
    lines: Sequence[str], *, step: str | None = None, options: Sequence[str] = ()
) -> Reason | None:
    """Find the reason in what was written last; ``None`` where none of ours is there.

    ``step`` is the instruction that failed, ``options`` what the build was given.
    """
    tail = list(lines)[-_LOOKED_AT:]
    for known in _KNOWN:
        if not _concerns(known, step):
            continue
        pattern = re.compile(known.pattern, re.IGNORECASE)
        for line in reversed(tail):
            if match := pattern.search(line):
                return _reason(known, match, options)
    return None


def _concerns(known: _Known, step: str | None) -> bool:
    if not known.step:
        return True
    return re.match(rf"(?:{known.step})\b", step or "", re.IGNORECASE) is not None


def _reason(known: _Known, match: re.Match[str], options: Sequence[str]) -> Reason:
    groups = match.groupdict()
    what = groups.get("what") or groups.get("other") or "of this name"
    hint = known.hint
    if "--network=host" in options and "-- --network=host" in hint:
        hint = "The build uses the network of this machine already. Check it, and its proxy."
    return Reason(message=known.message.format(what=what.rstrip(".,;:")), hint=hint)

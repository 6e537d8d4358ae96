"""What programs write when something goes wrong, as they have written it, and what it means."""

import pytest

from apkg.runners.reasons import reason_of

#: Lines of cwltool 3.3, Toil 9.6, Docker 20.10 and 28.2, Podman 4.3, cp and launchers.
SAID = [
    (
        "Error response from daemon: pull access denied for no/such, repository does not exist",
        "the image no/such:1 is not here",
    ),
    ("Error response from daemon: manifest for a:1 not found: manifest unknown", "is not here"),
    (
        "Docker is required: Command '['docker', 'pull', 'a']' returned non-zero exit status 1.",
        "is not here",
    ),
    ('Error: short-name "a/b:1" did not resolve to an alias', "is not here"),
    ("cat: write error: No space left on device", "the disk is full"),
    ("Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?", "answer"),
    ("demo: no Jupyter kernel for r is installed (the notebook names ir)", "kernel for r"),
    ("demo: /bin/python3 cannot use papermill: No module named 'papermill'", "no papermill"),
    ("'udocker' not found: [Errno 2] No such file", "engine is not installed"),
    (
        'docker: OCI runtime create failed: exec: "crop": executable file not found in $PATH',
        "the command crop is missing",
    ),
    ("sh: 45: crop: not found", "the command crop is missing"),
    ("'crop' not found: [Errno 2] No such file or directory: 'crop'", "crop is missing where it"),
    (
        "kubernetes.config.config_exception.ConfigException: Invalid kube-config file. None found.",
        "no Kubernetes cluster",
    ),
    ("docker: Error response from daemon: Range of CPUs is from 0.01 to 2.00", "asks for more"),
]


@pytest.mark.parametrize(("line", "told"), SAID)
def test_reasons(line, told):
    reason = reason_of(["something", line, "something"], "no/such:1")
    assert told in reason.message
    assert reason.hint


def test_nothing_known():
    assert reason_of(["ValueError: bad value", "", "pulling a cart"]) is None

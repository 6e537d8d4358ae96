"""What is shown of a builder's log: its steps and what they print, and none of its digests."""

import pytest

from apkg.builders.engine_log import shown

DIGEST = "sha256:" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("#7 [2/4] RUN pip install x", "step 2/4: RUN pip install x"),
        ("#9 [build 3/5] COPY . /src", "step build 3/5: COPY . /src"),
        ("Step 3/9 : RUN true", "step 3/9: RUN true"),
        ("STEP 3/9: RUN true", "step 3/9: RUN true"),
        ("[1/2] STEP 3/9: RUN true", "step 3/9: RUN true"),
        ("#7 0.512 Collecting x", "Collecting x"),
        ("#7 12.51 [1/3] of my own", "[1/3] of my own"),
        ("#9 exporting to image", "exporting to image"),
        ("#7 ERROR: it failed", "ERROR: it failed"),
        ("Collecting x", "Collecting x"),
        ("# a remark", "# a remark"),
    ],
)
def test_steps_and_what_they_print(line, seen):
    assert shown(line) == seen


@pytest.mark.parametrize(
    "line",
    [
        f"#4 {DIGEST}",
        f"#4 {DIGEST} 12.58MB / 29.15MB 0.4s",
        f"#4 extracting {DIGEST} 1.2s done",
        "#1 [internal] load build definition from Dockerfile",
        "#1 transferring dockerfile: 120B done",
        "#4 resolve docker.io/library/python:3.12-slim done",
        "#7 DONE 0.8s",
        "#7 CACHED",
        "#7 ...",
        "#7",
        " ---> Running in 0123456789ab",
        "Removing intermediate container 0123456789ab",
        "--> 0123456789ab",
        DIGEST[7:],
        "",
    ],
)
def test_what_a_builder_says_of_itself_is_not(line):
    assert shown(line) is None

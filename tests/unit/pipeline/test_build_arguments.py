"""Arguments of a build among the engine's own options."""

import pytest

from apkg.pipeline.build_arguments import build_arguments


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), {}),
        (("--network=host", "--build-arg", "A=b=c"), {"A": "b=c"}),
        (("--build-arg=A=1", "--build-arg=A=2", "--build-arg=B="), {"A": "2", "B": ""}),
        (("--build-arg", "FROM_HERE", "--build-arg=NOT_HERE"), {"FROM_HERE": "x"}),
        (("--build-arg",), {}),
        (("--build-args=A=1",), {}),
    ],
)
def test_arguments(options, found):
    assert build_arguments(options, {"FROM_HERE": "x"}) == found

"""The words with which an engine is asked, as far as they do not need one."""

import csv

import pytest

from apkg.pipeline.launch_container import _mount, network, on_host_network


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], False),
        (["--network=host"], True),
        (["--memory=1g", "--net", "host"], True),
        (["--network", "other", "host"], False),
    ],
)
def test_the_network_of_the_machine(options, expected):
    assert on_host_network(options) is expected


def test_a_server_listens_on_loopback_in_the_end():
    assert network([], 4000) == (["--publish=127.0.0.1:4000:8888"], "0.0.0.0", 8888)
    assert network(["--network=host"], 4000) == ([], "127.0.0.1", 4000)


@pytest.mark.parametrize("name", ["plain", "a,b", 'quo"te', "a:b", "with space"])
def test_a_mount_is_csv(tmp_path, name):
    (row,) = csv.reader([_mount(tmp_path / name, read_only=True)])
    assert row == ["type=bind", f"source={tmp_path / name}", "target=/work", "readonly"]

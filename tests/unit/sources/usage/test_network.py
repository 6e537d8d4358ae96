"""Evidence of network use."""

import pytest


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import requests", ["import requests"]),
        ("import requests as r\nr.get(u)", ["import requests", "requests.get"]),
        ("from urllib import request", ["import urllib.request"]),
        ("from pystac_client import Client", ["import pystac_client.Client"]),
        ("pd.read_csv('https://example.org/a.csv')", ["https://example.org/a.csv"]),
        ("rio.open('/vsis3/bucket/a.tif')", ["/vsis3/bucket/a.tif"]),
        ("def f():\n    import boto3", ["import boto3"]),
        ("import urllib.parse", []),
        ("import rasterio", []),
    ],
)
def test_network_use_is_noted(usage, code, what):
    found = usage(code)
    assert [use.what for use in found.network] == what
    assert found.reads == ()


def test_a_url_in_a_variable_is_also_a_file(usage):
    found = usage("scene = 'https://example.org/s.tif'", "rio.open(scene)")
    assert [use.variable for use in found.reads] == ["scene"]
    assert [use.variable for use in found.network] == ["scene"]

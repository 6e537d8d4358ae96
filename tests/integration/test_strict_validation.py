"""``cwltool --validate --strict`` accepts samples and types, in every version and style."""

from pathlib import Path

import pytest
from notebooks import cell, write

from apkg.pipeline.convert import ConvertOptions, convert

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "samples"
VERSIONS = ["v1.0", "v1.1", "v1.2"]
EVERY_TYPE = """\
from pathlib import Path
a_string = "it's $(HOME) ${x}"
an_int = -1
a_long = 2**40
a_double = 1e-5
flag = False
mode: Literal["a", "b c"] = "a"
odd: Literal["a/b", "c:d"] = "a/b"
level: Literal[1, 2] = 1
day = "2020-01-01"
link = "https://example.org/"
bbox = [1.0, 2.0, 3.0, 4.0]
scene = Path("scene.tif")
scenes: list[Path] = [Path("a.tif")]
folder = "in"  # type: Directory?
staged = "in"  # type: stage-in
out = "products"  # type: stage-out
words = ["a", "b"]
empty: list[str] = []
nested = [[1], [2, 3]]
gaps = [1, None]
several: list[Literal["x", "y"]] = ["x"]
maybe: Optional[list[Literal["x", "y"]]] = None
nothing = None
share = 5  #@param {type:"slider", min:0, max:10, step:5}
größe = 1.0
in_ = 1
process = 2
"""
OUTPUTS = """\
mask = "mask [1].tif"
tiles = "*.tif"
tables = "tables"  # type: Directory
named = a_string
"""


@pytest.fixture
def validate(cwltool_validate):
    """cwltool accepts the document, and warns of nothing."""

    def call(path):
        # A $graph has no default process where none is called "main": that is as it should be.
        assert not [text for text in cwltool_validate(path) if "no default process" not in text]

    return call


@pytest.mark.parametrize("style", ["workflow", "tool"])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "sample", ["water-mask", "time-series", "vegetation-ipython2cwl", "trend-r"]
)
def test_samples(validate, tmp_path, sample, version, style):
    options = ConvertOptions(out=tmp_path, cwl_version=version, style=style)
    (done,) = convert(SAMPLES / sample, options)
    assert done.error is None
    validate(done.files[0])


@pytest.mark.parametrize("embed", [True, False])
@pytest.mark.parametrize("style", ["workflow", "tool"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_type(validate, tmp_path, version, style, embed):
    source = write(tmp_path, EVERY_TYPE, cell(OUTPUTS, "outputs"))
    options = ConvertOptions(out=tmp_path, cwl_version=version, style=style, embed=embed)
    (done,) = convert(source, options)
    assert done.error is None, done.error
    validate(done.files[0])


@pytest.mark.parametrize("version", VERSIONS)
def test_scatter(validate, tmp_path, version):
    source = write(
        tmp_path,
        cell("d = dict(id='d', label='D', value='in', type='Directory', scatter='True')"),
        cell("mask = 'mask.tif'", "outputs"),
    )
    (done,) = convert(source, ConvertOptions(out=tmp_path, cwl_version=version))
    assert done.error is None, done.error
    validate(done.files[0])


def test_a_notebook_with_neither_inputs_nor_outputs(validate, tmp_path):
    (done,) = convert(write(tmp_path, cell("1 + 1")), ConvertOptions(out=tmp_path))
    validate(done.files[0])

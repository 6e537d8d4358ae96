"""What all tests may use: notebooks read from a few lines, and the option for golden files."""

import pytest
from notebooks import write

from apkg.errors import ApkgError
from apkg.sources.notebook import read_notebook_application


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what is emitted now as the golden files (then look at the diff)",
    )


@pytest.fixture
def read(tmp_path):
    """``read(*cells)``: the Reading of a notebook; a plain string is a parameters cell."""

    def call(*cells, name="demo.ipynb", **top):
        return read_notebook_application(write(tmp_path, *cells, name=name, **top))

    return call


@pytest.fixture
def inputs(read):
    """``inputs(*cells)``: the inputs of a notebook by id."""

    def call(*cells, **top):
        return {declared.id: declared for declared in read(*cells, **top).application.inputs}

    return call


@pytest.fixture
def outputs(read):
    """``outputs(*cells)``: its results by id, without the executed notebook."""

    def call(*cells, **top):
        found = read(*cells, **top).application.outputs
        return {output.id: output for output in found if output.role == "result"}

    return call


@pytest.fixture
def refused(read):
    """``refused(*cells)``: the one error with which a notebook is refused."""

    def call(*cells, **top):
        with pytest.raises(ApkgError) as caught:
            read(*cells, **top)
        return caught.value

    return call

"""Documents that grow: a clear error within 20 s of processor time and 1 GiB of address space."""

import gzip
import io
import json
import tarfile

import pytest

BLOCK = 512 * 1000
NINE = ",".join("x" * 9)
YAML = f"a: &a [{NINE}]\n" + "".join(
    f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefghij", "bcdefghijk", strict=True)
)
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [{','.join([f'*a{n - 1}'] * 9)}]\n  k{n}: v\n" for n in range(1, 60)
)
DOCUMENTS = {
    "aliases.cwl": "cwlVersion: v1.2\nclass: CommandLineTool\n" + YAML,
    "merges.cwl": "cwlVersion: v1.2\nclass: CommandLineTool\n" + MERGES,
    "deep.cwl": "a: " + "[" * 100_000,
    "deep.json": '{"cwlVersion": ' + "[" * 200_000,
    "indent.yaml": "".join(" " * n + "a:\n" for n in range(3000)),
    "wide.deploy.json": json.dumps({"processDescription": {str(n): [] for n in range(300_000)}}),
    "digits.json": '{"cwlVersion": ' + "9" * 1_000_000 + "}",
    "exponent.json": '{"cwlVersion": 1e999999999}',
    "laughs.xml": LAUGHS + "]><feed xmlns='http://www.w3.org/2005/Atom'>&a11;</feed>",
    "deep.xml": "<feed xmlns='http://www.w3.org/2005/Atom'>" + "<a>" * 200_000,
    "deep.ipynb": '{"nbformat": 4, "cells": ' + "[" * 100_000,
    "sum.ipynb": json.dumps(
        {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
            {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "outputs": [],
             "execution_count": None, "source": "n = " + "(" * 5000 + "1" + ")" * 5000},
            {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None,
             "source": "m = 9" + "**9" * 3000 + "\nx = " + "-" * 50_000 + "1"},
        ]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_that_grow(tmp_path, bounded, name):
    path = tmp_path / name
    path.write_text(DOCUMENTS[name], encoding="utf-8")
    for words in (["validate", path], ["convert", path, "-o", tmp_path / "out"]):
        done = bounded(*words)
        assert len(done.stdout) + len(done.stderr) < 2_000_000
    if not name.endswith(("wide.deploy.json", "sum.ipynb")):
        assert done.returncode == 3, done.stderr
        assert not (tmp_path / "out").exists()


def test_aliases_in_a_manifest_and_in_a_job_order(tmp_path, bounded):
    package = tmp_path / "demo.cwl"
    package.write_text(
        "cwlVersion: v1.2\nclass: CommandLineTool\nid: demo\nbaseCommand: ['true']\n"
        "inputs: {a: Any}\noutputs: {}\n"
    )
    (tmp_path / "job.yml").write_text(YAML)
    done = bounded("run", package, "--inputs", "job.yml", "--no-container", codes=(2, 3))
    assert "aliases" in done.stderr or "nested" in done.stderr


@pytest.mark.parametrize("kind", ["zeros", "members"])
def test_archives_that_grow(tmp_path, bounded, kind):
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", compresslevel=1) as stream:
        if kind == "zeros":
            # A layer of 300 MB, and a configuration that says it is 200 MB long.
            for name, size in (("layer.tar", 300 * 10**6), ("manifest.json", 200 * 10**6)):
                member = tarfile.TarInfo(name)
                member.size = size
                stream.write(member.tobuf())
                for _ in range(size // BLOCK):
                    stream.write(bytes(BLOCK))
        else:
            header = tarfile.TarInfo("blobs/sha256/" + "0" * 64).tobuf()
            for _ in range(110):
                stream.write(header * 1000)
    path = tmp_path / "image.tar.gz"
    path.write_bytes(made.getvalue())
    done = bounded("convert", "--image-config", path, "-o", tmp_path / "out", codes=(3,))
    assert "error: " in done.stderr
    assert not (tmp_path / "out").exists()

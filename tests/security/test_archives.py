"""Members of image archives are never paths: nothing is written, nothing outside is read."""

import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from apkg.errors import SourceError
from apkg.pipeline.convert import convert
from apkg.pipeline.options import ConvertOptions
from apkg.sources.image import read_image_config

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
from fuzz_guard import watched
from fuzz_seeds import saved_image

EVIL = [
    "../../evil.json",
    "/tmp/evil.json",
    "a/../../../evil",
    "..\\..\\evil",
    "./../evil",
    "~/evil",
]


def _tar(path, members):
    with tarfile.open(path, "w") as tar:
        for name, kind, link, data in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, link, len(data)
            tar.addfile(member, io.BytesIO(data))


GOOD = [(name, tarfile.REGTYPE, "", data) for name, data in saved_image().items()]
SLIPS = {
    "names": [(name, tarfile.REGTYPE, "", b"{}") for name in EVIL],
    "links": [("manifest.json", tarfile.SYMTYPE, "/etc/passwd", b""),
              ("a" * 64 + ".json", tarfile.LNKTYPE, "/etc/passwd", b"")],
    "through a link": [("blobs", tarfile.SYMTYPE, "/tmp", b""),
                       ("blobs/sha256", tarfile.SYMTYPE, "../..", b""),
                       ("blobs/sha256/" + "a" * 64, tarfile.REGTYPE, "", b"{}")],
    "devices": [("manifest.json", tarfile.CHRTYPE, "", b""),
                ("index.json", tarfile.FIFOTYPE, "", b"")],
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_tar_slip(tmp_path, tree, kind):
    inside = tmp_path / "in"
    inside.mkdir()
    _tar(inside / "image.tar", [*SLIPS[kind], *GOOD])
    before = tree(tmp_path)
    with watched(tmp_path / "in"):
        settings = read_image_config(inside / "image.tar")
    assert settings.names == ("crop:1",)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["../secret.json", "/etc/hostname", "..", "a/../../secret.json"])
def test_a_configuration_outside_of_the_archive_or_folder(tmp_path, name):
    (tmp_path / "secret.json").write_text(json.dumps({"config": {"Cmd": ["s3cret"]}}))
    folder = tmp_path / "layout"
    folder.mkdir()
    manifest = json.dumps([{"Config": name, "RepoTags": ["x:1"]}]).encode()
    (folder / "manifest.json").write_bytes(manifest)
    _tar(tmp_path / "image.tar", [("manifest.json", tarfile.REGTYPE, "", manifest)])
    for place in (folder, tmp_path / "image.tar"):
        with pytest.raises(SourceError) as caught:
            read_image_config(place)
        assert "s3cret" not in str(caught.value)


def test_zip_slip(tmp_path, tree):
    """No reader unpacks a zip file, whatever it is called."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in EVIL:
            archive.writestr(name, "x")
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("image.tar", "demo.ipynb", "demo.cwl", "demo.deploy.json"):
        (inside / name).write_bytes(made.getvalue())
    before = tree(tmp_path)
    with watched(inside):
        (done,) = convert(inside / "demo.ipynb", ConvertOptions(out=inside / "out"))
        assert done.error is not None
        for name in ("demo.cwl", "demo.deploy.json"):
            (done,) = convert(inside / name, ConvertOptions(out=inside / "out"))
            assert done.error is not None
        with pytest.raises(SourceError):
            read_image_config(inside / "image.tar")
    assert tree(tmp_path) == before

"""Image configurations: inspect JSON, OCI layouts and saved archives, hostile ones too."""

import gzip
import hashlib
import io
import json
import tarfile

import pytest

from apkg.errors import SourceError
from apkg.sources.image import read_image_config
from apkg.sources.image.archive import is_archive

CONFIG = {
    "Entrypoint": ["python", "/app/tool.py"],
    "Cmd": ["--help"],
    "Env": ["PATH=/usr/bin", "X=a=b"],
    "WorkingDir": "/app",
    "User": "1000",
    "Labels": {"org.opencontainers.image.version": "2.1"},
}
IMAGE = {"architecture": "amd64", "os": "linux", "config": CONFIG, "rootfs": {"type": "layers"}}


def blobs(*documents):
    """Documents as blobs of an OCI layout, and their digests."""
    files, digests = {}, []
    for document in documents:
        data = json.dumps(document).encode()
        name = hashlib.sha256(data).hexdigest()
        files[f"blobs/sha256/{name}"] = data
        digests.append(f"sha256:{name}")
    return files, digests


def oci(platforms=(("linux", "amd64"),)):
    files, (config,) = blobs(IMAGE)
    more, (manifest,) = blobs({"config": {"digest": config}, "layers": []})
    listed = [
        {
            "digest": manifest,
            "platform": {"os": system, "architecture": machine},
            "annotations": {"io.containerd.image.name": "example.org/tool:2.1"},
        }
        for system, machine in platforms
    ]
    index = {"manifests": listed}
    return files | more | {"index.json": json.dumps(index).encode(), "oci-layout": b"{}"}


def saved():
    name = "0" * 64 + ".json"
    manifest = [{"Config": name, "RepoTags": ["tool:1"], "Layers": ["x/layer.tar"]}]
    return {name: json.dumps(IMAGE).encode(), "manifest.json": json.dumps(manifest).encode()}


def archive(files, path, *, zipped=False):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    data = buffer.getvalue()
    path.write_bytes(gzip.compress(data) if zipped else data)
    return path


def check(found):
    assert found.entrypoint == ("python", "/app/tool.py")
    assert found.command == ("--help",)
    assert (found.workdir, found.user) == ("/app", "1000")
    assert found.environment == {"PATH": "/usr/bin", "X": "a=b"}
    assert found.labels == {"org.opencontainers.image.version": "2.1"}


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ([{"Config": CONFIG, "RepoTags": ["tool:1"], "RepoDigests": ["t@sha256:1"]}],
         ("tool:1", "t@sha256:1")),
        ({"Config": CONFIG, "RepoTags": ["<none>:<none>"]}, ()),
        (IMAGE, ()),
    ],
)  # fmt: skip
def test_json(document, names, tmp_path):
    path = tmp_path / "image.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = read_image_config(path)
    check(found)
    assert found.names == names


def test_a_layout_in_a_folder(tmp_path):
    for name, data in oci((("linux", "arm64"), ("linux", "amd64"), ("unknown", "unknown"))).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    found = read_image_config(tmp_path)
    check(found)
    assert found.names == ("example.org/tool:2.1",)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("files", [oci(), saved()], ids=["oci", "saved"])
def test_archives(files, zipped, tmp_path):
    path = archive(files, tmp_path / "image.tar", zipped=zipped)
    assert is_archive(path)
    check(read_image_config(path))


def test_members_are_never_paths(tmp_path):
    """Members called ../x, absolute ones and links are passed over, and nothing is written."""
    files = {"../../evil.json": b"{}", "/etc/manifest.json": b"[]", **saved()}
    path = tmp_path / "in" / "image.tar"
    path.parent.mkdir()
    archive(files, path)
    with tarfile.open(path, "a") as tar:
        link = tarfile.TarInfo("manifest.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    check(read_image_config(path))
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["image.tar", "in"]


def test_a_config_outside_the_image_is_not_read(tmp_path):
    (tmp_path / "secret.json").write_text(json.dumps(IMAGE), encoding="utf-8")
    layout = tmp_path / "layout"
    layout.mkdir()
    manifest = [{"Config": "../secret.json"}]
    (layout / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SourceError, match="names no configuration"):
        read_image_config(layout)


def damaged(files):
    name = next(
        name for name, data in files.items() if b'"architecture"' in data and "blobs" in name
    )
    return {**files, name: b"{}"}


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"manifest.json": b"[]"}, "holds 0 images"),
        ({"manifest.json": json.dumps([{}, {}]).encode()}, "holds 2 images"),
        ({"index.json": b'{"manifests": []}'}, "names no image"),
        ({"index.json": b'{"manifests": [{"digest": "sha256:../../x"}]}'}, "without a sha256"),
        ({"x": b""}, "neither index.json nor manifest.json"),
        ({"manifest.json": b"{"}, "not JSON"),
        ({"manifest.json": b"[" * 100_000}, "nested too deeply"),
        (damaged(oci()), "is damaged"),
        ({n: d for n, d in oci().items() if "blobs" not in n}, "lacks the part"),
    ],
)
def test_what_is_wrong_is_told(files, what, tmp_path):
    with pytest.raises(SourceError, match=what):
        read_image_config(archive(files, tmp_path / "image.tar"))


def test_a_broken_archive(tmp_path):
    path = archive(saved(), tmp_path / "image.tar", zipped=True)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(SourceError, match=r"broken|cannot be read"):
        read_image_config(path)


@pytest.mark.parametrize("text", ["{}", "[]", "[{}, {}]", "1", '{"config": 1}'])
def test_other_json_is_no_image(text, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError):
        read_image_config(path)


def test_settings_of_the_wrong_kind_are_unsaid(tmp_path):
    config = {"Entrypoint": 1, "Cmd": {}, "Env": "x", "Labels": [1], "WorkingDir": 2}
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"config": config}), encoding="utf-8")
    found = read_image_config(path)
    assert (found.entrypoint, found.command, found.workdir) == (None, None, "/")
    assert (found.environment, found.labels) == ({}, {})

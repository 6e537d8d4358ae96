"""Base images are pinned as far as an engine knows their digests."""

from dataclasses import replace

import pytest
from engine_in_memory import Engine, image

from apkg.errors import ToolError
from apkg.pipeline.build_bases import pin_bases

D1, D2 = "sha256:" + "1" * 64, "sha256:" + "2" * 64


def pinned(*names, pull=None, **engine):
    engine = Engine(**engine)
    bases = pin_bases(names, engine, pull=pull, on_log=lambda _line: None)
    return bases, engine


@pytest.mark.parametrize(
    ("name", "digest", "expected"),
    [
        ("debian:12", f"debian@{D1}", f"debian@{D1}"),
        ("debian:12", f"docker.io/library/debian@{D1}", f"debian@{D1}"),
        ("docker.io/a/b", f"a/b@{D1}", f"docker.io/a/b@{D1}"),
        ("h.org:5000/a:1", f"h.org:5000/a@{D1}", f"h.org:5000/a@{D1}"),
        ("localhost:5000/a:1", f"localhost:5000/a@{D1}", f"localhost:5000/a@{D1}"),
    ],
)
def test_the_digest_of_its_own_repository(name, digest, expected):
    images = {name: image(digests=[f"other.org/x@{D2}", digest])}
    bases, engine = pinned(name, images=images)
    assert bases.pinned == {name: expected}
    assert bases.known == {name: expected}
    assert (bases.findings, engine.pulled) == ([], [])


def test_an_image_of_this_machine_stays_as_it_is_with_a_note():
    images = {"base:1": image(D2, digests=[f"other/base@{D1}"])}
    bases, _ = pinned("base:1", images=images)
    assert (bases.pinned, bases.known) == ({}, {"base:1": D2})
    (finding,) = bases.findings
    assert (finding.rule, finding.severity) == ("build/base-not-pinned", "note")


def test_an_image_that_podman_made_here_has_a_digest_and_no_registry():
    images = {"localhost/a:1": image(D2, digests=[f"localhost/a@{D1}"])}
    bases, _ = pinned("localhost/a:1", images=images)
    assert (bases.pinned, bases.known) == ({}, {"localhost/a:1": D2})


def test_what_cannot_be_pinned_is_not_asked_for():
    bases, engine = pinned("scratch", f"debian@{D1}", "debian:${VERSION}")
    assert (bases.known, bases.findings, engine.pulled) == ({}, [], [])


def test_who_an_image_runs_as_is_told_under_both_names():
    base = replace(image(digests=[f"a@{D1}"]), user="1000")
    bases, _ = pinned("a:1", images={"a:1": base})
    assert bases.users == {"a:1": "1000", f"a@{D1}": "1000"}


def test_a_missing_base_is_fetched_once():
    registry = {"debian:12": image(digests=[f"debian@{D1}"])}
    bases, engine = pinned("debian:12", "debian:12", registry=registry)
    assert bases.pinned == {"debian:12": f"debian@{D1}"}
    assert engine.pulled == ["debian:12"]


def test_a_base_that_is_nowhere_stops_the_build():
    with pytest.raises(ToolError, match="base image debian:99 is not here") as caught:
        pinned("debian:99")
    assert "--base-image" in caught.value.hint


def test_without_pull_nothing_is_fetched():
    bases, engine = pinned("debian:12", pull=False)
    assert (bases.known, engine.pulled) == ({}, [])


def test_with_pull_what_is_here_is_fetched_anew_or_used_with_a_warning():
    old, new = image(digests=[f"a@{D1}"]), image(digests=[f"a@{D2}"])
    bases, _ = pinned("a", pull=True, images={"a": old}, registry={"a": new})
    assert bases.pinned == {"a": f"a@{D2}"}
    bases, _ = pinned("a", pull=True, images={"a": old})
    assert bases.pinned == {"a": f"a@{D1}"}
    assert [f.rule for f in bases.findings] == ["build/base-not-refreshed"]

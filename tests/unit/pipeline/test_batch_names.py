"""No package of a batch overwrites another: names that collide, or nearly do."""

import json
import os

import pytest
from notebooks import write

from apkg.pipeline.batch import BatchOptions, convert_batch
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.sources_listed import list_sources


def tree(folder):
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


@pytest.fixture
def run(tmp_path):
    """``run(*words, jobs=…)``: the outcomes of a batch into ``out``, by source."""

    def call(*words, jobs=1, fail_fast=False, resume=False, **options):
        sources = list_sources(map(str, words or [tmp_path]))
        batch = BatchOptions(jobs=jobs, fail_fast=fail_fast, resume=resume)
        options = ConvertOptions(out=tmp_path / "out", **options)
        return {o.source.rpartition("/")[2]: o for o in convert_batch(sources, options, batch)}

    return call


def errors(outcomes):
    return {
        name: [p.error.message for p in outcome.packages if p.error]
        for name, outcome in outcomes.items()
        if outcome.status == "failed"
    }


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("force", [False, True])
def test_the_first_of_a_list_has_the_name_however_long_it_takes(tmp_path, run, jobs, force):
    slow = "\n".join(f"x{number} = {number}" for number in range(400))
    write(tmp_path, slow, name="a b.ipynb")
    write(tmp_path, "quick = 1", name="a-b.ipynb")
    write(tmp_path, "other = 1", name="c.ipynb")
    outcomes = run(jobs=jobs, force=force)
    ((name, (message,)),) = errors(outcomes).items()
    assert name == "a-b.ipynb"
    assert "has the same id as" in message
    assert "a b.ipynb" in message
    assert "x399" in (tmp_path / "out/a-b.cwl").read_text()
    assert outcomes["c.ipynb"].status == "converted"


def test_ids_that_differ_in_case_only(tmp_path, run):
    write(tmp_path, "a = 1", name="one.ipynb", metadata={"apkg": {"id": "Water"}})
    write(tmp_path, "b = 1", name="two.ipynb", metadata={"apkg": {"id": "water"}})
    assert list(errors(run())) == ["two.ipynb"]
    assert sorted(tree(tmp_path / "out")) == ["Water.cwl", "Water.deploy.json", "Water.inputs.yml"]


@pytest.mark.parametrize(("there", "new"), [("Water", "water"), ("water", "Water")])
@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_there_and_differs_in_case_only(tmp_path, run, there, new, force):
    (tmp_path / "out").mkdir()
    (tmp_path / f"out/{there}.cwl").write_text("mine")
    write(tmp_path, "a = 1", name="one.ipynb", metadata={"apkg": {"id": new}})
    (messages,) = errors(run(force=force)).values()
    assert "differs only in capital letters" in messages[0]
    assert tree(tmp_path / "out") == {f"{there}.cwl": b"mine"}


def test_names_too_long_for_a_file_are_cut_and_then_collide(tmp_path, run):
    write(tmp_path, "a = 1", name=f"{'n' * 200}1.ipynb")
    write(tmp_path, "b = 1", name=f"{'n' * 200}2.ipynb")
    assert list(errors(run())) == [f"{'n' * 200}2.ipynb"]
    assert max(len(name) for name in tree(tmp_path / "out")) <= 80


def test_names_that_a_system_keeps_for_itself(tmp_path, run):
    for name in ("con", "NUL", "main", "com1"):
        write(tmp_path, "a = 1", name=f"{name}.ipynb")
    outcomes = run()
    assert errors(outcomes) == {}
    ids = sorted(p.id for o in outcomes.values() for p in o.packages)
    assert ids == ["com1-process", "con-process", "main-process", "nul-process"]


def test_names_without_a_latin_letter_or_in_no_encoding(tmp_path, run):
    names = ["вода.ipynb", "水.ipynb", os.fsdecode(b"\xff\xfe.ipynb"), "..ipynb", " .ipynb"]
    for name in names:
        write(tmp_path, "a = 1", name=name)
    outcomes = run()
    assert errors(outcomes) == {}
    assert len({p.id for o in outcomes.values() for p in o.packages}) == len(names)


def test_an_existing_file_is_nobodys_without_force(tmp_path, run):
    write(tmp_path, "a = 1", name="one.ipynb")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/one.deploy.json").write_text("mine")
    assert "not overwritten" in errors(run())["one.ipynb"][0]
    assert tree(tmp_path / "out") == {"one.deploy.json": b"mine"}
    assert errors(run(force=True)) == {}
    assert json.loads((tmp_path / "out/one.deploy.json").read_text())


def test_folders_of_the_same_name_collide_and_both_are_named(tmp_path, run):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "x = 1", name="index.ipynb")
    sources = list_sources([str(tmp_path / "a"), str(tmp_path / "b")])
    options = ConvertOptions(out=tmp_path / "out")
    *_, last = convert_batch(sources, options, BatchOptions())
    (package,) = last.packages
    assert "a/index.ipynb" in package.error.message
    assert "b/index.ipynb" in str(package.error.location)


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_but_packages_is_left(tmp_path, run, jobs):
    write(tmp_path, "x = foo()", name="bad.ipynb")
    outcomes = run(tmp_path / "bad.ipynb", tmp_path / "gone.ipynb", jobs=jobs)
    assert set(errors(outcomes)) == {"bad.ipynb", "gone.ipynb"}
    assert not (tmp_path / "out").exists()


def test_one_process_and_several_give_the_same(tmp_path, run):
    for number in range(40):
        write(tmp_path, f"x{number} = {number}", name=f"n{number}.ipynb")
    write(tmp_path, "x = foo()", name="n40.ipynb")
    (tmp_path / "n41.ipynb").write_bytes(b"\0")
    one = run()
    first = tree(tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        path.unlink()
    several = run(jobs=3)
    assert tree(tmp_path / "out") == first
    assert len(first) == 120
    assert list(several) == list(one)
    assert [o.status for o in several.values()] == [o.status for o in one.values()]


def test_fail_fast_stops_after_the_first_in_the_list(tmp_path, run):
    for name in ("a", "b", "c"):
        write(tmp_path, "x = foo()" if name == "b" else "x = 1", name=f"{name}.ipynb")
    assert list(run(fail_fast=True)) == ["a.ipynb", "b.ipynb"]
    assert {name.partition(".")[0] for name in tree(tmp_path / "out")} == {"a"}

"""``--resume``: what has not changed is left out, and nothing else."""

import os
import shutil
import sqlite3

import pytest
from notebooks import cell, write

from apkg.errors import ApkgError
from apkg.pipeline.batch import BatchOptions, convert_batch
from apkg.pipeline.batch_state import NAME, State
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.sources_listed import list_sources

LONG_AGO = 1_000_000_000


@pytest.fixture
def project(tmp_path):
    """A folder with three notebooks, none of them new."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("a", "b", "c"):
        write(folder, f"{name} = 1", cell("import helper", "x"), name=f"{name}.ipynb")
    (folder / "helper.py").write_text("y = 1\n")
    age(folder)
    return folder


def age(folder):
    for path in folder.rglob("*"):
        if path.is_file() and ".apkg" not in str(path):
            os.utime(path, (LONG_AGO, LONG_AGO))


def run(folder, out=None, *, resume=True, jobs=1, **options):
    """What became of each notebook, by its name without the ending."""
    options = ConvertOptions(out=out or folder / "out", **options)
    sources = list_sources([str(folder)])
    outcomes = convert_batch(sources, options, BatchOptions(resume=resume, jobs=jobs))
    return {o.source.rpartition("/")[2][:-6]: o for o in outcomes}


def statuses(outcomes):
    return "".join({"converted": "C", "unchanged": "u", "failed": "F"}[o.status]
                   for o in outcomes.values())  # fmt: skip


def message(outcome):
    return outcome.packages[0].error.message


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_changed(project, jobs):
    assert statuses(run(project, jobs=jobs)) == "CCC"
    before = {p.name: p.stat().st_ino for p in (project / "out").iterdir()}
    again = run(project, jobs=jobs)
    assert statuses(again) == "uuu"
    assert {p.name: p.stat().st_ino for p in (project / "out").iterdir()} == before
    assert again["a"].packages[0].files == tuple(
        str(project / f"out/a{end}") for end in (".cwl", ".deploy.json", ".inputs.yml")
    )


def change_source(project):
    write(project, "b = 2", name="b.ipynb")


def change_and_say_nothing_in_the_date(project):
    write(project, "b = 3", name="b.ipynb")
    os.utime(project / "b.ipynb", (LONG_AGO, LONG_AGO))


def remove_a_document(project):
    (project / "out/b.cwl").unlink()


@pytest.mark.parametrize(
    "change", [change_source, change_and_say_nothing_in_the_date, remove_a_document]
)
def test_one_changed(project, change):
    run(project)
    change(project)
    assert statuses(run(project)) == "uCu"
    age(project)
    run(project)
    assert statuses(run(project)) == "uuu"


def change_module(project):
    (project / "helper.py").write_text("y = 2\n")


def add_manifest(project):
    (project / "apkg.yaml").write_text("license: MIT\n")


def add_citation(project):
    (project / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: '7'\n")


def shadow_module(project):
    (project / "helper").mkdir()
    (project / "helper/__init__.py").write_text("y = 3\n")


@pytest.mark.parametrize("change", [change_module, add_manifest, add_citation, shadow_module])
def test_what_all_depend_on_changed(project, change):
    run(project)
    change(project)
    assert statuses(run(project)) == "CCC"


def test_a_manifest_that_changes(project):
    add_manifest(project)
    age(project)
    run(project)
    assert statuses(run(project)) == "uuu"
    (project / "apkg.yaml").write_text("license: BSD\n")
    assert statuses(run(project)) == "CCC"
    assert "BSD" in (project / "out/a.cwl").read_text()


def test_a_notebook_that_is_new_does_not_concern_the_others(project):
    run(project)
    write(project, "d = 1", name="d.ipynb")
    assert statuses(run(project)) == "uuuC"


@pytest.mark.parametrize(
    "options", [{"style": "tool"}, {"image": "reg/x:1"}, {"settings": ("license=MIT",)}]
)
def test_other_options(project, options):
    run(project)
    assert statuses(run(project, **options)) == "CCC"


def test_another_version(project, monkeypatch):
    run(project)
    monkeypatch.setattr("apkg.pipeline.batch_fingerprint.__version__", "99")
    assert statuses(run(project)) == "CCC"


def test_what_failed_is_tried_again(project):
    write(project, "b = foo()", name="b.ipynb")
    assert statuses(run(project)) == "CFC"
    assert statuses(run(project)) == "uFu"
    write(project, "b = 2", name="b.ipynb")
    assert statuses(run(project)) == "uCu"


def test_a_source_that_was_just_written_may_change_unseen(project):
    """Within one tick of the file system's clock nobody could tell."""
    os.utime(project / "b.ipynb", ns=(2**62, 2**62))
    run(project)
    assert statuses(run(project)) == "uCu"


def test_a_project_that_moves_stays_known(project):
    run(project)
    moved = project.rename(project.with_name("moved"))
    assert statuses(run(moved)) == "uuu"


def test_documents_in_the_folder_of_the_sources(project):
    run(project, project)
    assert statuses(run(project, project)) == "uuu"


def test_what_a_person_has_edited_is_not_replaced(project):
    run(project)
    (project / "out/b.inputs.yml").write_text("b: 7\n")
    assert statuses(run(project)) == "uuu"
    change_source(project)
    outcomes = run(project)
    assert statuses(outcomes) == "uFu"
    assert "not overwritten" in message(outcomes["b"])
    assert (project / "out/b.inputs.yml").read_text() == "b: 7\n"
    assert statuses(run(project, force=True)) == "uCu"


def test_the_package_of_another_source_is_not_replaced(project):
    run(project)
    (project / "b.ipynb").unlink()
    write(project, "x = 1", name="d.ipynb", metadata={"apkg": {"id": "b"}})
    outcomes = run(project)
    assert statuses(outcomes) == "uuF"
    assert "which was made of" in message(outcomes["d"])
    assert "b.ipynb" in message(outcomes["d"])


def test_an_id_that_is_kept_is_taken(project):
    run(project)
    write(project, "x = 1", name="0.ipynb", metadata={"apkg": {"id": "b"}})
    assert statuses(run(project)) == "Fuuu"
    write(project, "x = 1", name="z.ipynb", metadata={"apkg": {"id": "c"}})
    assert statuses(run(project)) == "FuuuF"


def test_what_was_there_before_is_not_replaced_unless_it_is_the_same(project):
    run(project, resume=False, style="tool")
    outcomes = run(project)
    assert statuses(outcomes) == "FFF"
    assert "not overwritten" in message(outcomes["a"])
    assert statuses(run(project, style="tool")) == "CCC"
    assert statuses(run(project, style="tool")) == "uuu"


def test_a_killed_batch_knows_what_it_was_about_to_place(project):
    run(project)
    expected = (project / "out/a.cwl").read_bytes()
    # As if it had been killed after the first of three files.
    with sqlite3.connect(project / "out" / NAME) as db:
        db.execute("UPDATE sources SET key = NULL")
    db.close()
    (project / "out/a.deploy.json").unlink()
    assert statuses(run(project)) == "CCC"
    assert (project / "out/a.cwl").read_bytes() == expected


def test_one_batch_at_a_time(project):
    run(project)
    state = State(project / "out")
    try:
        with pytest.raises(ApkgError, match="another batch is writing") as caught:
            run(project)
    finally:
        state.close()
    assert "Wait" in caught.value.hint


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_state_is_said_and_kept(project, content):
    run(project)
    for path in (project / "out").glob(f"{NAME}*"):
        path.unlink()
    (project / "out" / NAME).write_bytes(content)
    with pytest.raises(ApkgError, match="state of an earlier batch") as caught:
        run(project)
    assert "Remove this file" in caught.value.hint
    assert (project / "out" / NAME).read_bytes() == content
    assert not list((project / "out").glob(".apkg-batch-*"))


def test_a_state_that_is_a_link_is_not_followed(project, tmp_path):
    (project / "out").mkdir()
    (project / "out" / NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ApkgError, match="is a link"):
        run(project)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_of_a_batch_that_was_killed_is_removed(project):
    left = project / "out/.apkg-batch-0123"
    (left / "deep").mkdir(parents=True)
    (left / "lock").touch()
    (project / "out/.apkg-batch-4567").mkdir()
    link = project / "out/.apkg-batch-link"
    link.symlink_to(project, target_is_directory=True)
    run(project)
    hidden = [p.name for p in (project / "out").iterdir() if p.name.startswith(".apkg-batch")]
    assert hidden == [link.name]
    assert (project / "a.ipynb").exists()


def test_a_tool_of_several_files_is_followed(tmp_path):
    tool = tmp_path / "tool"
    tool.mkdir()
    (tool / "Dockerfile").write_text(
        'FROM python\nCOPY app.py /\nENTRYPOINT ["python", "/app.py"]\n'
    )
    code = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int)\n"
    (tool / "app.py").write_text(f"{code}p.parse_args()\n")
    age(tmp_path)
    shutil.copytree(tool, tmp_path / "other")
    age(tmp_path)
    out = tmp_path / "out"

    def go():
        sources = list_sources([str(tool)])
        batch = BatchOptions(resume=True)
        return [o.status for o in convert_batch(sources, ConvertOptions(out=out), batch)]

    assert go() == ["converted"]
    assert go() == ["unchanged"]
    (tool / "app.py").write_text(f"{code}p.add_argument('--m')\np.parse_args()\n")
    assert go() == ["converted"]

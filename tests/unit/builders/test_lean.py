"""The lean buildpack: by --lean, and for repo2docker alone."""

import pytest
from contexts import folder, program

from apkg.builders.context import make_context
from apkg.builders.interface import ContextRequest
from apkg.builders.lean import LeanBuildPack
from apkg.errors import SourceError


def lean(source, target, **options):
    context = make_context(ContextRequest(folder=source, lean=True, **options), target)
    return context, (target / "Dockerfile").read_text(encoding="utf-8")


def test_pip_packages_on_a_slim_python(tmp_path):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    context, text = lean(source, tmp_path / "context", programs=(program(),))
    assert context.buildpack == "LeanBuildPack"
    assert context.base_images == ("docker.io/library/python:3.12-slim",)
    assert "COPY --chown=1000:1000 src/requirements.txt ${REPO_DIR}/requirements.txt\n" in text
    install = "RUN python3 -m venv /opt/venv && pip install --no-cache-dir -r requirements.txt\n"
    # A notebook that changes lets nothing be installed again.
    also = "RUN pip install --no-cache-dir ipykernel papermill\n"
    assert text.index(install) < text.index(also) < text.index("src/ ${REPO_DIR}/")
    assert "apt-get" not in text
    assert "conda" not in text
    assert sorted(p.name for p in (tmp_path / "context").iterdir()) == [
        "Dockerfile",
        "apkg-layer",
        "src",
    ]


def test_apt_post_build_start_and_binder(tmp_path):
    source = folder(
        tmp_path / "source",
        __binder___apt__txt="gdal-bin # tool\n\nlibgdal-dev\n",
        __binder___postBuild="",
        __binder___start="",
        __binder___requirements__txt="numpy\n",
        setup__py="",
    )
    context, text = lean(source, tmp_path / "context", base_image="my/python:1")
    assert "FROM my/python:1\n" in text
    assert "install --yes --no-install-recommends gdal-bin libgdal-dev >/dev/null" in text
    assert "RUN chmod +x .binder/postBuild && ./.binder/postBuild\n" in text
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/.binder/start"\n' in text
    # With a binder folder, nothing else declares anything.
    assert "pip install --no-cache-dir .\n" not in text
    assert "pip: .binder/requirements.txt (1 requirement)" in context.steps


@pytest.mark.parametrize("line", ["-e .", "-r more.txt", "./wheel.whl", "x @ file:///a"])
def test_what_lies_in_the_folder_is_copied_first(tmp_path, line):
    source = folder(tmp_path / "source", requirements__txt=f"numpy\n{line}\n")
    _, text = lean(source, tmp_path / "context")
    install = "RUN pip install --no-cache-dir -r requirements.txt\n"
    assert text.index("src/ ${REPO_DIR}/") < text.index(install)
    assert "papermill" not in text


def test_a_project_is_installed_itself(tmp_path):
    project = '[build-system]\nrequires = []\n[project]\nname = "a"\n'
    _, text = lean(folder(tmp_path / "source", pyproject__toml=project), tmp_path / "context")
    assert "RUN pip install --no-cache-dir .\n" in text
    _, text = lean(folder(tmp_path / "tools", pyproject__toml="[tool.x]\n"), tmp_path / "second")
    assert "pip install" not in text


def test_requirements_of_powershell(tmp_path):
    source = folder(tmp_path / "source")
    (source / "requirements.txt").write_text("numpy\n-e .\n", encoding="utf-16")
    context, text = lean(source, tmp_path / "context")
    assert text.index("src/ ${REPO_DIR}/") < text.index("-r requirements.txt")
    assert "pip: requirements.txt (2 requirements)" in context.steps


def test_the_version_in_runtime_txt_chooses_the_base(tmp_path):
    source = folder(tmp_path / "source", runtime__txt="python-3.10\n")
    context, _ = lean(source, tmp_path / "context")
    assert context.base_images == ("docker.io/library/python:3.10-slim",)


def test_another_base_is_asked_for_its_version(tmp_path):
    source = folder(tmp_path / "source", runtime__txt="python-3.10\n")
    _, text = lean(source, tmp_path / "context", base_image="my/base:1")
    assert "RUN python3 -c 'import sys; v = sys.version_info[:2]; v == (3, 10)" in text
    assert "runtime.txt asks for Python 3.10, and my/base:1 has" in text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("environment.yml", "a: 1\n"),
        ("install.R", ""),
        ("Project.toml", ""),
        ("Dockerfile", "FROM a\n"),
        ("Pipfile", ""),
        ("DESCRIPTION", "Package: a\n"),
        ("runtime.txt", "r-4.3-2024-01-15\n"),
        (".binder/environment.yaml", ""),
    ],
)
def test_more_than_pip_packages_is_refused_by_name(tmp_path, name, text):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    (source / name).parent.mkdir(exist_ok=True)
    (source / name).write_text(text)
    with pytest.raises(SourceError, match="--lean installs pip packages only") as caught:
        lean(source, tmp_path / "context")
    assert caught.value.location.path == str(source / name)
    assert not (tmp_path / "context").exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("apt.txt", "gdal; rm -rf /\n", "no name of a Debian package"),
        ("apt.txt", "$(evil)\n", "no name of a Debian package"),
        ("runtime.txt", "python-3.10; rm\n", "names no version"),
        ("runtime.txt", "python\n", "Invalid runtime.txt"),
    ],
)
def test_nothing_reaches_a_shell_unread(tmp_path, name, text, message):
    source = folder(tmp_path / "source", requirements__txt="numpy\n")
    (source / name).write_text(text)
    with pytest.raises(SourceError, match=message) as caught:
        lean(source, tmp_path / "context")
    assert caught.value.location.path == str(source / name)


def test_repo2docker_alone_takes_it(tmp_path, monkeypatch, capsys):
    from repo2docker.app import Repo2Docker

    monkeypatch.chdir(folder(tmp_path / "source", requirements__txt="numpy\n"))
    application = Repo2Docker(repo=".", dry_run=True, user_id=1000, user_name="jovyan")
    application.buildpacks.insert(0, LeanBuildPack)
    application.appendix = "# the end"
    application.build()
    text = capsys.readouterr().out
    assert "FROM docker.io/library/python:3.12-slim\n" in text
    assert text.rstrip().endswith("# the end")
    folder(tmp_path / "source", environment__yml="dependencies: [numpy]\n")
    assert not LeanBuildPack(base_image="a").detect()
    (tmp_path / "source/environment.yml").unlink()
    assert LeanBuildPack(base_image="a").detect()

"""What ``apkg build`` says; ``apkg validate`` says none of it."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

RULES = (
    Rule(
        id="build/base-not-pinned",
        title="The base image is known by its digest.",
        why="Others who build the same folder would start from another image of the same name.",
        source="OCI image-spec, annotations.md (org.opencontainers.image.base.digest)",
        severity="note",
        wrong=Example("FROM my-base:1\n", "Dockerfile"),
        right=Example("FROM registry.example.org/base:1\n", "Dockerfile"),
    ),
    Rule(
        id="build/base-not-refreshed",
        title="With --pull, base images are fetched anew.",
        why="The image that is here may be older than the registry's.",
        source="apkg",
        severity="warning",
        wrong=Example("FROM registry.example.org/gone:1\n", "Dockerfile"),
        right=Example("FROM registry.example.org/base:1\n", "Dockerfile"),
    ),
    Rule(
        id="build/embedded",
        title="Facet 1 runs the notebook that the image holds.",
        why="A notebook inside of Facet 1 stays as it was when Facet 1 was written.",
        source="apkg",
        severity="note",
        wrong=Example("apkg convert crop.ipynb && apkg build crop.ipynb\n", "command line"),
        right=Example("apkg build crop.ipynb\n", "command line"),
    ),
    Rule(
        id="build/not-searched",
        title="All of a folder that becomes an image was searched for secrets.",
        why="What is in an image is there for everybody who can fetch it. Of very large folders "
        "only the first part is looked at.",
        source="apkg",
        severity="note",
        wrong=Example("apkg build folder-with-50000-texts/\n", "command line"),
        right=Example("echo 'archive/' >> .dockerignore && apkg build folder/\n", "command line"),
    ),
    Rule(
        id="build/no-image",
        title="Facet 1 names the image that was built.",
        why="Engines run the tool without a container, or not at all.",
        source="CWL v1.2, CommandLineTool, 5.2 DockerRequirement",
        severity="note",
        wrong=Example("cwlVersion: v1.2\nclass: CommandLineTool\nid: crop\n", "crop.cwl"),
        right=Example(
            "cwlVersion: v1.2\nclass: CommandLineTool\nid: crop\n"
            "hints: {DockerRequirement: {dockerPull: crop:1.0}}\n",
            "crop.cwl",
        ),
    ),
)

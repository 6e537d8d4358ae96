"""A command-line tool as applications: every voice heard, in the order of the design.

Options of the command line, the manifest, the image's labels, declarations in the code, the help
text, files that describe the work, the image's own configuration, and guesses last. A tool with
sub-commands becomes one application for each.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from apkg.sources.claims import Claim
from apkg.sources.commandline.claims import CommandLayer, command_layer
from apkg.sources.commandline.tree import Leaf
from apkg.sources.interface import Reading
from apkg.sources.manifest.reading import ManifestReading
from apkg.sources.tools.command import chosen_leaves, spoken, started, tool_name, with_graph
from apkg.sources.tools.joined import Joined
from apkg.sources.tools.material import Material, gather, is_tool
from apkg.sources.tools.voices import check_known, read_voices

__all__ = ["is_tool", "read_tool"]


def read_tool(  # noqa: PLR0913
    source: Path | None,
    *,
    options: ManifestReading | None = None,
    cli: Path | None = None,
    help_text: Path | None = None,
    image_config: Path | None = None,
    image: str | None = None,
    command: str | None = None,
) -> tuple[Reading, ...]:
    """Read a tool from whatever is given of it; each of its sub-commands is a reading.

    Args:
        source: a folder, a Dockerfile, a script, a SNAP graph, an image's configuration or archive.
        options: what the command line says, in the manifest's vocabulary.
        cli: the file that reads the tool's command line.
        help_text: what the tool prints for ``--help``.
        image_config: ``docker inspect`` JSON, an OCI layout or a ``docker save`` archive.
        image: the image's name, where ``options`` does not hold it.
        command: the one sub-command to read.

    Raises:
        SourceError: something cannot be read, or the fact that is missing, and how to give it.
    """
    material = gather(source, cli=cli, image_config=image_config)
    given = _with_image(options or ManifestReading(), image)
    material = with_graph(material)
    if material.graph is not None:
        from apkg.sources.tools.graphs import read_graph_application

        return (read_graph_application(material, given),)
    return _read_commands(material, given, help_text, command)


def _with_image(options: ManifestReading, image: str | None) -> ManifestReading:
    if image is None or "image" in options.layer.application:
        return options
    claims = {**options.layer.application, "image": Claim(value=image, source="--image")}
    return replace(options, layer=replace(options.layer, application=claims))


def _read_commands(
    material: Material, options: ManifestReading, help_text: Path | None, command: str | None
) -> tuple[Reading, ...]:
    start = started(material)
    words = spoken(material, start, help_text)
    pairs = chosen_leaves(words, start.words, command)
    folder = help_text.parent if material.folder is None and help_text else material.folder
    names = [" ".join(leaf.names) for leaf, _ in pairs]
    several = len(words.leaves()) > 1
    readings = []
    name = tool_name(material, start, words.first)
    layers = [_spoken(pair) for pair in pairs]
    for (leaf, _), spoken_layers in zip(pairs, layers, strict=True):
        own = " ".join(leaf.names)
        voices = read_voices(material, options, folder, own if several else None, names)
        check_known(voices, [layer for found in layers for layer in found])
        joined = Joined(
            material=material, start=start, leaf=leaf, voices=voices, layers=spoken_layers,
            name=name, part=own if several else "", alone=len(pairs) == 1,
            notes=words.notes_on(leaf),
        )  # fmt: skip
        readings.append(joined.reading())
    return tuple(readings)


def _spoken(pair: tuple[Leaf, Leaf | None]) -> list[CommandLayer]:
    return [command_layer(leaf) for leaf in pair if leaf is not None]

"""Requirements and hints: the image, resources, network and named types of a process."""

from __future__ import annotations

from collections.abc import Iterator

from apkg.model import Container, Resources
from apkg.sources.cwl.formats import is_expression
from apkg.sources.cwl.graph import Reached
from apkg.sources.cwl.node import Node
from apkg.sources.cwl_types import type_names

_RESOURCES = {
    "coresMin": "cores_min",
    "coresMax": "cores_max",
    "ramMin": "ram_min",
    "ramMax": "ram_max",
    "tmpdirMin": "tmpdir_min",
    "tmpdirMax": "tmpdir_max",
    "outdirMin": "outdir_min",
    "outdirMax": "outdir_max",
}


def requirement(name: str, holders: tuple[Node, ...]) -> Node | None:
    """A requirement of a tool: its own, else its step's, else the workflow's; then hints."""
    for key in ("requirements", "hints"):
        for holder in holders:
            for kind, node in holder.get(key).named("class"):
                if kind.rsplit("#", 1)[-1] == name:
                    return node
    return None


def schema_types(*holders: Node) -> dict[str, object]:
    """The named types of ``SchemaDefRequirement``."""
    node = requirement("SchemaDefRequirement", holders)
    return {} if node is None else type_names(node.get("types").value)


def container(tools: tuple[Reached, ...]) -> Container | None:
    """The image of the first tool that has one; other images become a note."""
    images = list(_images(tools))
    if not images:
        return None
    first = images[0]
    first[1].origin("image")
    others = list(dict.fromkeys(image for image, _ in images if image != first[0]))
    if others:
        listed = ", ".join(f"`{image}`" for image in others[:10])
        first[1].note(f"Other steps run in other images: {listed}.", subject=first[0])
    return Container(image=first[0])


def _images(tools: tuple[Reached, ...]) -> Iterator[tuple[str, Node]]:
    for tool in tools:
        docker = requirement("DockerRequirement", tool.holders)
        if docker is None:
            continue
        image = docker.get("dockerPull", "dockerImageId")
        if image.text():
            yield image.text().removeprefix("docker://"), image
        else:
            docker.note("This DockerRequirement names no image to pull (`dockerPull`).")


def resources(tools: tuple[Reached, ...]) -> Resources:
    """What the most demanding of the tools asks for, field by field."""
    most: dict[str, tuple[float | int, Node]] = {}
    for tool in tools:
        node = requirement("ResourceRequirement", tool.holders)
        if node is None:
            continue
        for name, field in _RESOURCES.items():
            stated = node.get(name)
            number = _number(stated)
            if number is not None and (field not in most or number > most[field][0]):
                most[field] = (number, stated)
    for field, (_, stated) in most.items():
        stated.origin(field)
    amounts = {
        field: number if field.startswith("cores") else _mebibytes(number)
        for field, (number, _) in most.items()
    }
    return Resources(**amounts)  # type: ignore[arg-type]


def _mebibytes(number: float) -> int:
    return int(number) if number == int(number) else int(number) + 1


def _number(node: Node) -> float | int | None:
    value = node.value
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**60:
        return value
    if is_expression(node.text()):
        node.note("This is an expression; how much is needed is known only at run time.")
    else:
        node.warn(f"`{node.text()}` is not a number of cores or MiB.")
    return None


def network(tools: tuple[Reached, ...]) -> bool:
    """Whether any of the tools asks for the network."""
    for tool in tools:
        node = requirement("NetworkAccess", tool.holders)
        asked = None if node is None else node.get("networkAccess")
        if asked is None:
            continue
        if asked.value is True:
            asked.origin("network")
            return True
        if asked.value is not False:
            asked.note("Whether the network is needed is an expression, known only at run time.")
    return False

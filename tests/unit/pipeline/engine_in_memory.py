"""An engine that has what it is given, for what is decided before and after a real one builds."""

from dataclasses import dataclass, field

from apkg.builders.interface import ImageInfo, no_log
from apkg.errors import ToolError


def image(identifier="sha256:1", digests=(), **labels):
    return ImageInfo(id=identifier, size=1, digests=tuple(digests), labels=tuple(labels.items()))


@dataclass
class Engine:
    """``images`` are here, ``registry`` is where others can be pulled from."""

    name = "memory"
    images: dict = field(default_factory=dict)
    registry: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    pulled: list = field(default_factory=list)

    def inspect(self, name):
        return self.images.get(name)

    def pull(self, name, on_log=no_log):
        self.pulled.append(name)
        if name not in self.registry:
            raise ToolError(f"there is no {name}")
        self.images[name] = self.registry[name]

    def read(self, name, path):
        if path not in self.files:
            raise ToolError(f"there is no {path} in {name}")
        return self.files[path]

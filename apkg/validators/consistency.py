"""Does Facet 2 agree with the Facet 1 that it links or embeds?"""

from __future__ import annotations

from collections.abc import Iterator

from apkg.files.documents import Document
from apkg.files.read_places import JsonPath
from apkg.names import printable
from apkg.report import Finding, Severity
from apkg.validators.cwl_context import Context, meant
from apkg.validators.cwl_library import CannotFollow, Library
from apkg.validators.cwl_model import Port, Process, entry, listed
from apkg.validators.cwl_types import Type, members, optional, spell
from apkg.validators.deploy import number, ports, process_path
from apkg.validators.findings import finding
from apkg.validators.kinds import kind_of
from apkg.validators.schema_explain import show

_FILES = frozenset(["File", "Directory"])
_CWL = "http://www.opengis.net/eoc/applicationContext/cwl"


class ConsistencyValidator:
    """Facet 2 against Facet 1: ids, occurrences, defaults, image, profile."""

    name = "consistency"

    def __init__(self) -> None:
        self._library = Library()

    def accepts(self, document: Document) -> bool:
        """Whether ``document`` is a deployment document."""
        return kind_of(document.value) == "deploy"

    def check(self, document: Document) -> tuple[Finding, ...]:
        """All disagreements; a note where Facet 1 is not at hand."""
        value = document.value
        base = process_path(value) if isinstance(value, dict) else None
        if not isinstance(value, dict) or base is None:
            return ()
        node = document.part(base).value
        found = self._facet1(document, value, node if isinstance(node, dict) else {}, base)
        if found is None:
            return ()
        if isinstance(found, Finding):
            return (found,)
        context = Context(found.document, self._library, self._library.processes(found.document))
        pair = _Pair(document, base, node if isinstance(node, dict) else {}, context, found)
        return tuple(pair.check(value))

    def _facet1(
        self,
        document: Document,
        value: dict[str, object],
        node: dict[str, object],
        base: JsonPath,
    ) -> Process | Finding | None:
        """The process that Facet 2 describes; a finding where it cannot be looked at."""
        for path, reference in _references(value, node, base):
            if isinstance(reference, dict):
                return entry(self._library.processes(document.part(path)))
            try:
                return self._library.process(reference, document)
            except CannotFollow as reason:
                return finding(
                    document,
                    "consistency/not-checked" if reason.remote else "consistency/facet-1",
                    f"Facet 1 ('{printable(reference)}') was not compared: {reason.why}",
                    path,
                    severity="note" if reason.remote else "warning",
                    advice=None if reason.remote else "Link the CWL by its path or its URL.",
                    subject=printable(reference),
                )
        return None


def _references(
    value: dict[str, object], node: dict[str, object], base: JsonPath
) -> Iterator[tuple[JsonPath, str | dict[str, object]]]:
    """Where Facet 1 is: embedded, or linked from the execution unit or the owsContext."""
    units = value.get("executionUnit")
    for index, unit in enumerate(units if isinstance(units, list) else [units]):
        path: JsonPath = ("executionUnit", index) if isinstance(units, list) else ("executionUnit",)
        if not isinstance(unit, dict):
            continue
        for key in ("unit", "value"):
            inner = unit.get(key)
            if isinstance(inner, dict) and "cwlVersion" in inner:
                yield (*path, key), inner
        href = unit.get("href")
        if isinstance(href, str) and href.partition("#")[0].endswith((".cwl", ".yaml", ".yml")):
            yield (*path, "href"), href
    context = node.get("owsContext")
    offering = context.get("offering") if isinstance(context, dict) else None
    content = offering.get("content") if isinstance(offering, dict) else None
    href = content.get("href") if isinstance(content, dict) else None
    if isinstance(href, str):
        yield (*base, "owsContext", "offering", "content", "href"), href
    metadata = node.get("metadata")
    for index, item in enumerate(metadata if isinstance(metadata, list) else []):
        if (
            isinstance(item, dict)
            and item.get("role") == _CWL
            and isinstance(item.get("href"), str)
        ):
            yield (*base, "metadata", index, "href"), item["href"]


class _Pair:
    """Facet 2 and the process of Facet 1 that it describes."""

    def __init__(
        self,
        document: Document,
        base: JsonPath,
        node: dict[str, object],
        context: Context,
        process: Process,
    ) -> None:
        self.document = document
        self.base = base
        self.node = node
        self.context = context
        self.process = process

    def say(
        self,
        rule: str,
        message: str,
        path: JsonPath,
        *,
        advice: str,
        severity: Severity = "error",
        subject: str | None = None,
    ) -> Finding:
        return finding(
            self.document,
            f"consistency/{rule}",
            message,
            path,
            severity=severity,
            advice=advice,
            subject=subject,
        )

    def check(self, value: dict[str, object]) -> Iterator[Finding]:
        yield from self._ids("inputs", self.process.inputs)
        yield from self._ids("outputs", self.process.outputs)
        yield from self._profile(value)
        yield from self._image(value)

    def _ids(self, name: str, cwl: list[Port]) -> Iterator[Finding]:
        if name not in self.node:
            return
        by_id = {port.id: port for port in cwl}
        said = set()
        for port_id, port, path in ports(self.node, name):
            said.add(port_id)
            where = (*self.base, *path)
            if port_id not in by_id:
                yield self.say(
                    "id",
                    f"'{printable(port_id)}' is not among the {name} of the CWL",
                    (*where, "id"),
                    advice=meant(port_id, list(by_id)),
                    subject=port_id,
                )
            elif name == "inputs":
                yield from self._input(by_id[port_id], port, where)
        for port_id, cwl_port in by_id.items():
            if port_id in said:
                continue
            type_ = self.context.type_of(self.process, cwl_port)
            needed = name == "inputs" and "default" not in cwl_port.node and not optional(type_)
            yield self.say(
                "id",
                f"'{printable(port_id)}' of the CWL is not among the {name} here",
                (*self.base, name),
                advice="Add it, with the same id.",
                severity="error" if needed else "warning",
                subject=port_id,
            )

    def _input(self, cwl: Port, port: dict[str, object], where: JsonPath) -> Iterator[Finding]:
        type_ = self.context.type_of(self.process, cwl)
        if type_ == "Any":
            return
        free = optional(type_) or "default" in cwl.node
        least = number(port.get("minOccurs"))
        if least == 0 and not free:
            yield self._occurs(
                cwl, where, "minOccurs", "may be left out here, and the CWL needs it"
            )
        most = port.get("maxOccurs")
        several = most == "unbounded" or (number(most) or 1) > 1
        lists = any(isinstance(m, tuple) and m[0] == "array" for m in members(type_))
        if several and not lists:
            text = f"may occur several times here, and is one {spell(type_)} in the CWL"
            yield self._occurs(cwl, where, "maxOccurs", text)
        yield from self._kind(cwl, type_, port, where)
        yield from self._default(cwl, port, where)

    def _occurs(self, cwl: Port, where: JsonPath, field: str, text: str) -> Finding:
        return self.say(
            "occurs",
            f"'{printable(cwl.id)}' {text}",
            (*where, field),
            advice=f"Let '{field}' and the CWL's type say the same.",
            subject=cwl.id,
        )

    def _kind(
        self, cwl: Port, type_: Type, port: dict[str, object], where: JsonPath
    ) -> Iterator[Finding]:
        flat = {m[1] if isinstance(m, tuple) and m[0] == "array" else m for m in members(type_)}
        is_file = not _FILES.isdisjoint(m for m in flat if isinstance(m, str))
        domains = port.get("literalDataDomains")
        if is_file and domains:
            yield self.say(
                "kind",
                f"'{printable(cwl.id)}' is a literal here, and {spell(type_)} in the CWL",
                (*where, "literalDataDomains"),
                advice="Describe it by 'formats' alone, or change the CWL's type.",
                # Platforms of Testbed-14 pass product references as text on purpose.
                severity="warning",
                subject=cwl.id,
            )

    def _default(self, cwl: Port, port: dict[str, object], where: JsonPath) -> Iterator[Finding]:
        domains = port.get("literalDataDomains")
        domain = domains[0] if isinstance(domains, list) and domains else None
        said = domain.get("defaultValue") if isinstance(domain, dict) else None
        own = cwl.node.get("default")
        if said is None or isinstance(own, dict | list):
            return
        if own is None or not _same(said, own):
            real = "has none" if own is None else f"has {show(own)}"
            yield self.say(
                "default",
                f"the default of '{printable(cwl.id)}' is {show(said)} here, and the CWL {real}",
                (*where, "literalDataDomains", 0, "defaultValue"),
                advice="Write the same default in both.",
                severity="warning",
                subject=cwl.id,
            )

    def _profile(self, value: dict[str, object]) -> Iterator[Finding]:
        profile = value.get("deploymentProfileName")
        name = profile.rsplit("/", 1)[-1] if isinstance(profile, str) else ""
        if name == "workflow" and self.process.cls != "Workflow":
            yield self.say(
                "profile",
                f"the profile is 'workflow', and the CWL is a {self.process.cls}",
                ("deploymentProfileName",),
                advice="Write http://www.opengis.net/profiles/eoc/dockerizedApplication.",
                subject=name,
            )

    def _image(self, value: dict[str, object]) -> Iterator[Finding]:
        units = value.get("executionUnit")
        images = {
            str(node["dockerPull"])
            for process in self.context.processes
            for field in ("requirements", "hints")
            for cls, node, _ in listed(process.node, field, "class", ())
            if cls == "DockerRequirement" and "dockerPull" in node
        }
        for index, unit in enumerate(units if isinstance(units, list) else ()):
            href = unit.get("href") if isinstance(unit, dict) else None
            if not isinstance(href, str) or "://" in href.removeprefix("docker://"):
                continue
            image = href.removeprefix("docker://")
            if image.partition("#")[0].endswith((".cwl", ".yaml", ".yml", ".json")) or not images:
                continue
            if image not in images:
                yield self.say(
                    "image",
                    f"the image here is '{printable(image)}', and the CWL runs in "
                    + ", ".join(f"'{printable(name)}'" for name in sorted(images)),
                    ("executionUnit", index, "href"),
                    advice="Name the same image in both.",
                    subject=image,
                )


def _same(said: object, own: object) -> bool:
    """Whether a default as WPS writes it (often text) is the CWL's default."""
    if isinstance(own, bool) or isinstance(said, bool):
        return str(said).lower() == str(own).lower()
    if isinstance(own, int | float) and isinstance(said, str | int | float):
        try:
            return float(said) == float(own)
        except ValueError:
            return False
    return str(said) == str(own)

"""Running the notebook, and telling what went wrong."""

from __future__ import annotations

import json
import logging
import math
import re
import signal
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any, NoReturn

from apkg.emitters.launcher_parts.head import (
    FAILED,
    FOLDERS,
    MISSING,
    NAME,
    RESULTS,
    Json,
    StopError,
    say,
)
from apkg.emitters.launcher_parts.languages import WRITERS
from apkg.emitters.launcher_parts.options import read_options
from apkg.emitters.launcher_parts.stac import needed_pystac, write_catalogue
from apkg.emitters.launcher_parts.surroundings import (
    find_kernel,
    needed_module,
    prepare_environment,
    unpack_modules,
)

# part: begin


def find_template() -> Path:
    """Find the notebook: beside this file, or beside what this file is a link to."""
    for path in (Path(__file__).absolute(), Path(__file__).resolve()):
        template = path.with_name(f"{NAME}.template.ipynb")
        if template.is_file():
            return template
    raise StopError(f"{NAME}.template.ipynb is not beside the launcher", MISSING)


def execute(template: Path, notebook: dict[str, Any], parameters: dict[str, Json]) -> None:
    """Run the notebook. The executed one is written after every cell."""
    # jsonschema builds a grammar of IRIs when it is imported, which takes longer than all the rest,
    # does without where it cannot be had, and checks no IRIs of notebooks.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    papermill = needed_module("papermill")
    logging.getLogger("papermill").setLevel(logging.ERROR)
    kernel, language = find_kernel(notebook)
    if language.lower() in WRITERS:
        translators = needed_module("papermill.translators").papermill_translators
        translators.register(kernel, WRITERS[language.lower()])
    executed = Path.cwd() / f"{NAME}.executed.ipynb"
    try:
        papermill.execute_notebook(
            in_braces(template),
            in_braces(executed),
            parameters=parameters,
            kernel_name=kernel,
            language=language,
            cwd=RESULTS,
            progress_bar=False,
            stdout_file=sys.stderr,
            stderr_file=sys.stderr,
            start_timeout=300,
        )
    except papermill.PapermillExecutionError as error:
        raise StopError(failure(error, notebook, parameters), FAILED) from None
    except papermill.exceptions.PapermillException as error:
        raise StopError(str(error), MISSING) from None
    finally:
        tidy(executed)


def in_braces(path: Path) -> str:
    """Write a path as papermill takes it: it would fill in what stands in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def failure(error: Json, notebook: dict[str, Any], parameters: dict[str, Json]) -> str:
    """Tell what went wrong in a cell: traceback, cell, line, error."""
    trace = plain("\n".join(error.traceback)).rstrip() or "(no traceback)"
    tags = [cell.get("metadata", {}).get("tags") or [] for cell in notebook["cells"]]
    inserted = bool(parameters) and not any("injected-parameters" in given for given in tags)
    place = next((n for n, given in enumerate(tags) if "parameters" in given), -1) + 1
    if inserted and error.cell_index == place:
        cell = "the cell that sets the parameters"
    else:
        own = (notebook.get("metadata", {}).get("apkg") or {}).get("cells_before", 0)
        number = error.cell_index + (0 if inserted and error.cell_index > place else 1) - own
        cell = f"cell {number}"
    lines = error.source.splitlines()
    arrow = re.search(r"^-+> ?(\d+) ", trace, re.MULTILINE)
    number = int(arrow.group(1)) if arrow else 0
    if 0 < number <= len(lines):
        where = f", line {number}: {lines[number - 1].strip()}"
    else:
        where = ": " + next((line.strip() for line in lines if line.strip()), "")
    what = plain(f"{error.ename}: {error.evalue}")
    return f"{trace}\n{NAME} failed in {cell}{plain(where)}\n{what}"


def plain(text: str) -> str:
    """Take terminal escapes and control characters out of text."""
    text = re.sub(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)", "", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)


def tidy(executed: Path) -> None:
    """Take the paths of this machine that papermill adds, and what is not JSON, out again."""
    if not executed.is_file():
        return
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    notebook.get("metadata", {}).pop("apkg", None)
    record = notebook.get("metadata", {}).get("papermill", {})
    record.pop("input_path", None)
    record.pop("output_path", None)
    record["parameters"] = finite(record.get("parameters", {}))
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    part = executed.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(executed)


def finite(value: Json) -> Json:
    """Write infinity and not-a-number as text: JSON has no such numbers."""
    if isinstance(value, dict):
        return {name: finite(item) for name, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return repr(value) if isinstance(value, float) and not math.isfinite(value) else value


def run(arguments: list[str]) -> None:
    """Run the notebook with these options."""
    parameters = read_options(arguments)
    needed_pystac()  # stac
    template = find_template()
    notebook = json.loads(template.read_text(encoding="utf-8"))
    results = Path(RESULTS)
    results.mkdir(exist_ok=True)
    for variable, folder in FOLDERS:
        (results / folder).mkdir(parents=True, exist_ok=True)
        parameters[variable] = folder
    with tempfile.TemporaryDirectory(prefix="notebook-") as scratch:
        prepare_environment(unpack_modules(notebook, Path(scratch)), Path(scratch))
        execute(template, notebook, parameters)
    write_catalogue(parameters)  # stac


def stopped(number: int, _frame: object) -> NoReturn:
    """End in good order when asked to, so that the kernel ends too."""
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run the notebook with these options, and report: the exit code."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGTERM, stopped)
    try:
        run(arguments)
    except StopError as error:
        say(str(error) if error.code == FAILED else f"{NAME}: {error}")
        return error.code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except (OSError, RuntimeError, ValueError, LookupError) as error:
        is_dead = type(error).__name__ == "DeadKernelError"
        reason = "the kernel died (often for lack of memory)" if is_dead else type(error).__name__
        say(f"{NAME} could not be run: {reason}: {error}")
        return FAILED
    return 0

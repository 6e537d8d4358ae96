"""What Toil's workers take from apkg: what a job writes can be read while it runs.

Toil keeps what a job writes to itself, and shows it when the job has failed. The context that it
gives to each job is one of ours instead (pickled, so a worker finds this module by its name),
which lets the job write to a file in a folder that the leader reads.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import IO, Any

from cwltool.context import RuntimeContext

from apkg.runners.limits import install

#: The variable that tells the leader in which folder jobs write.
FOLDER = "APKG_JOB_LOGS"


class LiveContext(RuntimeContext):
    """The context of a run, in which a job writes to files in a folder for that.

    Where the folder does not exist, as on a machine that does not share it, it writes where Toil
    wants it to.
    """

    def __init__(self, kwargs: dict[str, Any] | None = None) -> None:
        self.log_folder = os.environ.get(FOLDER, "")
        self.log_name = ""
        super().__init__(kwargs)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("default_stdout", "default_stderr") and value is not None:
            # A job is about to start, in this process.
            install()
            value = self._open(value, is_first=name == "default_stdout")
        super().__setattr__(name, value)

    def _open(self, wanted: IO[bytes], *, is_first: bool) -> IO[bytes]:
        if not self.log_folder or not Path(self.log_folder).is_dir():
            return wanted
        wanted.close()
        # One file for both streams, so that their lines stand in the order they came in.
        if is_first or not self.log_name:
            self.log_name = f"{uuid.uuid4()}.log"
        return (Path(self.log_folder) / self.log_name).open("ab")

"""What a reader must not do, watched from inside the interpreter by an audit hook.

While :func:`watched` is open: files may be written in one folder alone, no program may be started,
no connection opened, no code of the input executed, and the processor time is bounded.
"""

import contextlib
import os
import signal
import sys

#: Seconds of processor time for one input of a few kilobytes.
LIMIT = 10.0
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_STARTS = {
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.forkpty", "pty.spawn", "socket.connect", "socket.getaddrinfo", "urllib.Request",
    "pickle.find_class", "ctypes.dlopen",
}  # fmt: skip
_CHANGES = {
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.chmod",
    "os.chown", "os.truncate", "os.utime", "shutil.rmtree", "shutil.move", "shutil.copyfile",
    "tempfile.mkdtemp", "tempfile.mkstemp",
}  # fmt: skip


class ViolationError(AssertionError):
    """Something that reading a document must not do."""


class TooSlow(BaseException):
    """More processor time than any document of this size may cost."""


class _State:
    folder = None
    seen = ()
    hooked = False


def _inside(path):
    if isinstance(path, int):
        return True
    whole = os.path.realpath(os.fsdecode(path))
    return whole == _State.folder or whole.startswith(_State.folder + os.sep)


def _hook(event, args):
    if _State.folder is None:
        return
    if event == "open":
        path, mode, flags = args
        writes = any(c in mode for c in "wax+") if isinstance(mode, str) else flags & _WRITES
        if writes and path != os.devnull and not _inside(path):
            _State.seen.append(f"wrote {path!r}")
    elif event in _STARTS and not (event == "ctypes.dlopen" and args[0] is None):
        _State.seen.append(f"{event} {args!r}"[:300])
    elif event in _CHANGES:
        paths = [a for a in args if isinstance(a, str | bytes | os.PathLike)]
        if not all(map(_inside, paths)):
            _State.seen.append(f"{event} {args!r}"[:300])
    elif event == "exec":
        name = getattr(args[0], "co_filename", "")
        if name == "<unknown>" or name.startswith(_State.folder):
            _State.seen.append(f"executed {name}")


def _too_slow(_signal, _frame):
    raise TooSlow(f"more than {LIMIT} s of processor time")


@contextlib.contextmanager
def watched(folder, limit=LIMIT):
    """Raise ``ViolationError`` or ``TooSlow`` for what the block does outside of ``folder``."""
    if not _State.hooked:
        sys.addaudithook(_hook)
        _State.hooked = True
    before = signal.signal(signal.SIGVTALRM, _too_slow)
    keeps, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _State.seen = seen = []
    _State.folder = os.path.realpath(folder)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        _State.folder = None
        sys.dont_write_bytecode = keeps
        signal.signal(signal.SIGVTALRM, before)
    if seen:
        raise ViolationError("; ".join(dict.fromkeys(seen)))

"""The one place where errors become messages and exit codes."""

from __future__ import annotations

import errno
import os
import sys

import click

from apkg import __version__
from apkg.errors import ApkgError, Location, UsageError
from apkg.names import printable

OK, INVALID, USAGE, FAILED, BUG, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 70, 130, 141

#: What the system refuses, whoever asks: no error of ours.
_OF_THE_MACHINE = frozenset(
    (
        *(errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES, errno.EPERM, errno.EROFS),
        *(errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE),
    )
)
_LONGEST_PATH = 200


def guarded(command: click.Command) -> int:
    """Run ``command`` and return the exit code; every error ends here."""
    try:
        result = command.main(prog_name="apkg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        # apkg itself never exits below this place. Where the reader (head, less) has gone, click
        # and rich do, with the 1 that means "checked and invalid"; click's completion does, too.
        if stop.code != 1 or "_APKG_COMPLETE" in os.environ:
            raise
        return PIPE_CLOSED
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        _show_usage_error(error)
        return USAGE
    except ApkgError as error:
        show_error(error)
        return USAGE if isinstance(error, UsageError) else FAILED
    except BrokenPipeError:
        # The reader (head, less) has gone; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - this is the boundary
        return _unforeseen(error)
    return result if isinstance(result, int) else OK


def _show_usage_error(error: click.ClickException) -> None:
    """What click says of a wrong command line, in the form of all other errors."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()  # The help.
        return
    text, advice = _words(error)
    hints = [advice] if advice else []
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        hints += [" ".join(ctx.get_usage().split()), f"'{ctx.command_path} --help' tells more."]
    show_error(UsageError(text, hint="\n  ".join(hints) or None))


def _words(error: click.ClickException) -> tuple[str, str]:
    """What is wrong, and what to do, as far as click says it."""
    if isinstance(error, click.NoSuchOption):
        # The versions of click say this in words of their own.
        likely = " or ".join(f"'{name}'" for name in sorted(error.possibilities or ()))
        advice = f"Did you mean {likely}?" if likely else ""
        return f"no such option '{error.option_name}'", advice
    text, _, advice = error.format_message().rstrip(".").partition(". ")
    if text[1:2].islower():
        text = text[0].lower() + text[1:]
    advice = " ".join(advice.split())
    return text, advice[1:].removesuffix(")") if advice.startswith("(") else advice


def _unforeseen(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        show_error(_of_the_machine(error))
        return FAILED
    if isinstance(error, FileNotFoundError) and not _is_anywhere():
        gone = "the current folder is no longer there"
        show_error(ApkgError(gone, hint="Change to a folder that exists: cd."))
        return FAILED
    return _bug()


def _is_anywhere() -> bool:
    try:
        return bool(os.getcwd())  # noqa: PTH109 - as Path does, without the path
    except OSError:
        return False


def _of_the_machine(error: OSError) -> ApkgError:
    place = str(error.filename or "")
    if len(place) > _LONGEST_PATH:
        place = f"{place[:_LONGEST_PATH]}…"
    return ApkgError(
        f"the system says: {error.strerror}",
        hint="Check the name, the rights to the folder, and the space that is left on the disk.",
        location=Location(path=printable(place)) if place else None,
    )


def show_error(error: ApkgError) -> None:
    """One error on standard error: where, what, and what to do."""
    click.echo(error_text(error), err=True)


def error_text(error: ApkgError) -> str:
    """The lines of one error."""
    place = f"{error.location}: " if error.location else ""
    lines = [styled("error: ", "red", bold=True) + printable(f"{place}{error.message}")]
    if error.hint:
        lines.append(styled("  hint: ", "cyan") + printable(error.hint))
    return "\n".join(lines)


def styled(text: str, colour: str, *, bold: bool = False) -> str:
    """``text`` in a colour, unless the user (https://no-color.org) or terminal wants none."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return click.style(text, fg=colour, bold=bold or None)


def _bug() -> int:
    import traceback

    click.echo(traceback.format_exc(), err=True)
    click.echo(
        f"This is an error in apkg {__version__} itself, not in your files. "
        "Please report it with the lines above.",
        err=True,
    )
    return BUG

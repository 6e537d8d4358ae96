"""apkg: Earth Observation application packages from the code scientists already have.

From Python, as from the command line: :func:`convert`, :func:`inspect`, :func:`chain`,
:func:`validate` and :func:`run`. They are imported when they are first asked for.
"""

__version__ = "0.1.0"

__all__ = [
    "ApkgError",
    "Application",
    "Chain",
    "Package",
    "Run",
    "Validation",
    "chain",
    "convert",
    "inspect",
    "run",
    "validate",
]

# The constant of ``typing``, which costs more to import than all that is here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from apkg.api import (
        ApkgError,
        Application,
        Chain,
        Package,
        Run,
        Validation,
        chain,
        convert,
        inspect,
        run,
        validate,
    )
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'apkg' has no attribute {name!r}")
        from apkg import api

        return getattr(api, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

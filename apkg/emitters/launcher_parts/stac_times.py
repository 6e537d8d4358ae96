"""When the results are of: what files, inputs and the clock say."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta, timezone
from typing import Any

from apkg.emitters.launcher_parts.stac_table import DATES

# part: begin

MOMENT = re.compile(
    r"(\d{4})([-:]?)(\d\d)\2(\d\d)"
    r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(?:(Z|UTC)|([+-])(\d\d):?(\d\d))?)?",
    re.IGNORECASE,
)
# Names of tags in TIFF, netCDF and products' own metadata; the first that is there counts.
STARTS = ("start_datetime", "time_coverage_start", "product_start_time", "start_time")
ENDS = ("end_datetime", "time_coverage_end", "product_stop_time", "stop_time", "end_time")
MOMENTS: tuple[str, ...] = (
    "datetime",
    "acquisitiondatetime",
    "acquisition_datetime",
    "acquisition_date",
)
MOMENTS += ("date_acquired", "sensing_time", "tifftag_datetime")


def moment(value: Any) -> datetime | None:
    """Read a date, or a date and time: ISO 8601, or as TIFF writes it. UTC where none is said."""
    match = MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    year, _, month, day, hour, minute, second, part, _, sign, hours, minutes = match.groups("0")
    try:
        found = datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second),
            int((part + "000000")[:6]),
            tzinfo=timezone.utc,
        )
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return found + ahead if sign == "-" else found - ahead
    except (ValueError, OverflowError):
        return None


def times_in_tags(tags: dict[str, Any]) -> list[datetime]:
    """Tell the time of a file by its tags: one, or start and end."""
    # netCDF's carry the name of what they are about: NC_GLOBAL#time_coverage_start.
    known = {str(name).rpartition("#")[2].lower(): value for name, value in tags.items()}
    start, end = (
        next(filter(None, (moment(known.get(name)) for name in names)), None)
        for names in (STARTS, ENDS)
    )
    if start and end:
        return sorted([start, end])
    one = next(filter(None, (moment(known.get(name)) for name in MOMENTS)), None)
    found = one or start or end
    return [found] if found else []


def times_in_inputs(parameters: dict[str, Any]) -> list[datetime]:
    """Tell the time by the inputs that are dates."""
    found: list[datetime] = []
    for variable, default in DATES:
        value = parameters.get(variable, default)
        for text in value if isinstance(value, list) else [value]:
            read = moment(text)
            found += [read] if read else []
    return sorted(found)


def now() -> datetime:
    """Tell the time of the run; SOURCE_DATE_EPOCH makes runs that are the same give the same."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    utc = timezone.utc
    if fixed.isdigit():
        return datetime.fromtimestamp(int(fixed), utc)
    return datetime.now(utc).replace(microsecond=0)


def written(time: datetime) -> str:
    """Write a time as STAC does (RFC 3339)."""
    return time.isoformat().replace("+00:00", "Z")

"""Decides which bed is watered next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_RUN = timedelta(minutes=20)
REST = timedelta(minutes=90)


@dataclass(frozen=True)
class Bed:
    name: str
    lower_mark: float
    upper_mark: float
    windows: tuple
    outdoors: bool = False


def is_due(bed, readings, last_run, now):
    """A bed is due when its driest sensor is below the lower mark inside a time window."""
    if not readings:
        return False
    if last_run is not None and now - last_run < REST:
        return False
    return min(readings) < bed.lower_mark and in_window(bed.windows, now)


def in_window(windows, now):
    minute = now.hour * 60 + now.minute
    for start, end in windows:
        # A window may cross midnight: then it is the rest of the day that is closed.
        inside = start <= minute < end if start <= end else minute >= start or minute < end
        if inside:
            return True
    return False


def next_bed(beds, readings, last_runs, now):
    """Returns the driest bed that is due; ties go to the name, so that two runs agree."""
    due = [bed for bed in beds if is_due(bed, readings.get(bed.name, []), last_runs.get(bed.name), now)]
    return min(due, key=lambda bed: (min(readings[bed.name]), bed.name), default=None)


def should_stop(bed, readings, started, now):
    mean = sum(readings) / len(readings) if readings else bed.upper_mark
    return mean >= bed.upper_mark or now - started >= LONGEST_RUN

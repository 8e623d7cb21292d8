"""Counting in months."""

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on; the last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))

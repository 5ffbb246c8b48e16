"""The date of service of every measure."""

from datetime import date

DAY = date(2026, 9, 1)

"""What holds for all tests: no property is timed, as no machine is always quiet."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

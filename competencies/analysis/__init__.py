"""What industry asks for, in numbers. Nothing here knows Django."""


class UndefinedMeasure(ValueError):
    """A measure has no value for these data; the message is the reason, fit to be shown."""

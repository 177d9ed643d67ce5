"""Lines of many packets made together, with NumPy: the same text as packet by packet, several times sooner.

`batches` takes packets in order and finds those that are plain TCP segments; `segments` prints them, with their
sequence numbers from `relative`, as `textcolumns`. Imported where a capture has so many packets that it pays.
"""

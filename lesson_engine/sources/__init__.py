"""Floor 1: where packets come from: savefiles, read and written, and their replay."""

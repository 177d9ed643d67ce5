"""The lattice: the packets that could tell two filters apart, and what they say of the two.

`search` compares; `abstraction` turns programs into `conditions` on parts of a frame, whose values are `valuesets`;
`solving` undoes arithmetic, `concretion` is the exact second pass, `crafting` makes frames that a learner can read.
"""

from lesson_engine.filters.lattice.search import Comparison, ProofPacket, Relation, compare

__all__ = ["Comparison", "ProofPacket", "Relation", "compare"]

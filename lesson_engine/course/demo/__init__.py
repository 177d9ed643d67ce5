"""Demonstrations for a class: a scenario packet by packet, with a question before what matters and its reveal."""

"""What is said about packets as such."""

TEXTS = {
    "packets.number": ("{number} 番のパケット", "packet {number}"),
}

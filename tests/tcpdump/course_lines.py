"""Every tcpdump line that the course prints: those that capture and show, and those that save and read a file."""

SHOWN = [
    "sudo tcpdump",
    "sudo tcpdump -i eth0",
    "sudo tcpdump -c 10",
    "sudo tcpdump host 192.168.1.100",
    "sudo tcpdump src host 192.168.1.100",
    "sudo tcpdump dst host 192.168.1.100",
    "sudo tcpdump port 3306",
    "sudo tcpdump port 80 or port 443",
    "sudo tcpdump not port 22",
    "sudo tcpdump tcp",
    "sudo tcpdump udp",
    "sudo tcpdump icmp",
    "sudo tcpdump host 192.168.1.100 and port 3306",
    "sudo tcpdump tcp and not port 22",
    "sudo tcpdump -i eth0 port 80 -c 3",
    "sudo tcpdump -i eth0 port 3306 -c 20",
]
FILES = [
    "sudo tcpdump -w capture.pcap port 3306",
    "sudo tcpdump -r capture.pcap",
]

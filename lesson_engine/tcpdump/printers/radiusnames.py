"""What RADIUS calls the values of its attributes, and who its vendors are (IANA's registries, RFC 2865 to 6929).

>>> SERVICE_TYPES[8], VENDORS[9]
('Authenticate Only', 'Cisco')
"""

SERVICE_TYPES = dict(
    enumerate(
        (
            "Login",
            "Framed",
            "Callback Login",
            "Callback Framed",
            "Outbound",
            "Administrative",
            "NAS Prompt",
            "Authenticate Only",
            "Callback NAS Prompt",
            "Call Check",
            "Callback Administrative",
            "Voice",
            "Fax",
            "Modem Relay",
            "IAPP-Register",
            "IAPP-AP-Check",
            "Authorize Only",
            "Framed-Management",
            "Additional-Authorization",
        ),
        start=1,
    )
)
FRAMED_PROTOCOLS = dict(
    enumerate(
        (
            "PPP",
            "SLIP",
            "ARAP",
            "Gandalf proprietary",
            "Xylogics IPX/SLIP",
            "X.75 Synchronous",
            "GPRS PDP Context",
        ),
        start=1,
    )
)
ROUTING = dict(enumerate(("None", "Send", "Listen", "Send&Listen")))
COMPRESSION = dict(enumerate(("None", "VJ TCP/IP", "IPX", "Stac-LZS")))
LOGIN_SERVICES = dict(
    enumerate(
        (
            "Telnet",
            "Rlogin",
            "TCP Clear",
            "PortMaster(proprietary)",
            "LAT",
            "X.25-PAD",
            "X.25-T3POS",
            "Unassigned",
            "TCP Clear Quiet",
        )
    )
)
TERMINATION_ACTIONS = dict(enumerate(("Default", "RADIUS-Request")))
ACCOUNTING_STATUS = dict(
    enumerate(
        (
            "Start",
            "Stop",
            "Interim-Update",
            "Unassigned",
            "Unassigned",
            "Unassigned",
            "Accounting-On",
            "Accounting-Off",
            "Tunnel-Start",
            "Tunnel-Stop",
            "Tunnel-Reject",
            "Tunnel-Link-Start",
            "Tunnel-Link-Stop",
            "Tunnel-Link-Reject",
            "Failed",
        ),
        start=1,
    )
)
AUTHENTICATED_BY = dict(enumerate(("RADIUS", "Local", "Remote", "Diameter"), start=1))
TERMINATE_CAUSES = dict(
    enumerate(
        (
            "User Request",
            "Lost Carrier",
            "Lost Service",
            "Idle Timeout",
            "Session Timeout",
            "Admin Reset",
            "Admin Reboot",
            "Port Error",
            "NAS Error",
            "NAS Request",
            "NAS Reboot",
            "Port Unneeded",
            "Port Preempted",
            "Port Suspended",
            "Service Unavailable",
            "Callback",
            "User Error",
            "Host Request",
            "Supplicant Restart",
            "Reauthentication Failure",
            "Port Reinitialized",
            "Port Administratively Disabled",
            "Lost Power",
        ),
        start=1,
    )
)
INGRESS_FILTERS = {1: "Enabled", 2: "Disabled"}
VLAN_TAGS = {0x31: "Tagged", 0x32: "Untagged"}
PORT_TYPES = dict(
    enumerate(
        (
            "Async",
            "Sync",
            "ISDN Sync",
            "ISDN Async V.120",
            "ISDN Async V.110",
            "Virtual",
            "PIAFS",
            "HDLC Clear Channel",
            "X.25",
            "X.75",
            "G.3 Fax",
            "SDSL",
            "ADSL-CAP",
            "ADSL-DMT",
            "ISDN-DSL",
            "Ethernet",
            "xDSL",
            "Cable",
            "Wireless - Other",
            "Wireless - IEEE 802.11",
            "Token-Ring",
            "FDDI",
            "Wireless - CDMA200",
            "Wireless - UMTS",
            "Wireless - 1X-EV",
            "IAPP",
            "FTTP",
            "Wireless - IEEE 802.16",
            "Wireless - IEEE 802.20",
            "Wireless - IEEE 802.22",
            "PPPoA",
            "PPPoEoA",
            "PPPoEoE",
            "PPPoEoVLAN",
            "PPPoEoQinQ",
            "xPON",
            "Wireless - XGP",
            "WiMAX Pre-Release 8 IWK Function",
            "WIMAX-WIFI-IWK",
            "WIMAX-SFF",
            "WIMAX-HA-LMA",
            "WIMAX-DHCP",
            "WIMAX-LBS",
            "WIMAX-WVS",
        )
    )
)
TUNNEL_TYPES = dict(
    enumerate(
        (
            "PPTP",
            "L2F",
            "L2TP",
            "ATMP",
            "VTP",
            "AH",
            "IP-IP",
            "MIN-IP-IP",
            "ESP",
            "GRE",
            "DVS",
            "IP-in-IP Tunneling",
            "VLAN",
        ),
        start=1,
    )
)
TUNNEL_MEDIA = dict(
    enumerate(
        (
            "IPv4",
            "IPv6",
            "NSAP",
            "HDLC",
            "BBN 1822",
            "802",
            "E.163",
            "E.164",
            "F.69",
            "X.121",
            "IPX",
            "Appletalk",
            "Decnet IV",
            "Banyan Vines",
            "E.164 with NSAP subaddress",
        ),
        start=1,
    )
)
ZONE_ACCESS = dict(
    enumerate(("Only access to dfl zone", "Use zone filter inc.", "Not used", "Use zone filter exc."), start=1)
)
PROMPTS = dict(enumerate(("No Echo", "Echo")))
ERROR_CAUSES = {
    201: "Residual Session Context Removed",
    202: "Invalid EAP Packet (Ignored)",
    401: "Unsupported Attribute",
    402: "Missing Attribute",
    403: "NAS Identification Mismatch",
    404: "Invalid Request",
    405: "Unsupported Service",
    406: "Unsupported Extension",
    407: "Invalid Attribute Value",
    501: "Administratively Prohibited",
    502: "Request Not Routable (Proxy)",
    503: "Session Context Not Found",
    504: "Session Context Not Removable",
    505: "Other Proxy Processing Error",
    506: "Resources Unavailable",
    507: "Request Initiated",
    508: "Multiple Session Selection Unsupported",
    509: "Location Info Required",
}
MOBILITY_FEATURES = {
    0x0000_0000_0000_0001: "MIP6_INTEGRATED",
    0x0000_0000_0000_0002: "LOCAL_HOME_AGENT_ASSIGNMENT",
    0x0000_0100_0000_0000: "PMIP6_SUPPORTED",
    0x0000_0200_0000_0000: "IP4_HOA_SUPPORTED",
    0x0000_0400_0000_0000: "LOCAL_MAG_ROUTING_SUPPORTED",
    0x0000_0800_0000_0000: "ASSIGN_LOCAL_IP",
    0x0000_1000_0000_0000: "MIP4_SUPPORTED",
    0x0000_2000_0000_0000: "OPTIMIZED_IDLE_MODE_MOBILITY",
    0x0000_4000_0000_0000: "GTPv2_SUPPORTED",
    0x0000_8000_0000_0000: "IP4_TRANSPORT_SUPPORTED",
    0x0001_0000_0000_0000: "IP4_HOA_ONLY_SUPPORTED",
    0x0002_0000_0000_0000: "INTER_MAG_ROUTING_SUPPORTED",
}
OPERATOR_NAMESPACES = {0x30: "TADIG", 0x31: "REALM", 0x32: "E212", 0x33: "ICC"}
LOCATION_CODES = {0: "Civic", 1: "Geospatial"}
LOCATION_ENTITIES = {0: "User", 1: "RADIUS"}
LOCATION_FLAGS = {1 << 15 - bit: f"MBZ-{bit}" for bit in range(15, 0, -1)} | {1 << 15: "Retransmission Allowed"}
VENDORS = {
    0: "IETF (reserved)",
    5: "ACC",
    9: "Cisco",
    11: "Hewlett Packard",
    42: "Sun Microsystems",
    61: "Merit",
    74: "AT&T",
    161: "Motorola",
    166: "Shiva",
    193: "Ericsson AB",
    255: "Cisco VPN 5000",
    307: "Livingston",
    311: "Microsoft",
    429: "3Com",
    529: "Ascend",
    1584: "Bay Networks",
    1991: "Foundry",
    2180: "Versanet",
    2352: "Redback",
    2636: "Juniper Networks",
    2637: "Aptis",
    2937: "Deutsche Telekom AG",
    3054: "Ixia Communications",
    3076: "Cisco VPN 3000",
    3085: "CoSine Communications",
    3199: "Shasta",
    3224: "Netscreen",
    3309: "Nomadix",
    3414: "T-Mobile",
    3561: "The Broadband Forum",
    3902: "ZTE",
    4329: "Siemens",
    4491: "CableLabs",
    4874: "Unisphere Networks",
    5263: "Cisco BBSM",
    5535: "3rd Generation Partnership Project 2 (3GPP2)",
    5806: "SK Telecom",
    5925: "ipUnplugged",
    5948: "Issanni Communications",
    5951: "Netscaler",
    6490: "T-Mobile",
    6618: "Quintum",
    6728: "Interlink",
    7951: "CNCTC",
    8164: "Starent Networks",
    8744: "Colubris",
    10415: "3GPP",
    10529: "Gemtek-Systems",
    10704: "Barracuda Networks",
    10923: "Ericsson AB - Packet Core Networks",
    11665: "dacom",
    11862: "Columbia University",
    12356: "Fortinet",
    12951: "Verizon Wireless",
    13745: "Plixer",
    14122: "Wi-Fi Alliance",
    16787: "T-Systems Nova",
    20942: "China Telecom - Guangzhou Research Institute",
    26866: "Gigamon Systems",
    32622: "CACE Technologies",
    35632: "ntop",
    46098: "Ericsson Canada",
}

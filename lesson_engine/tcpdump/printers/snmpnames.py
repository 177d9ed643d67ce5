"""The objects of SNMP that tcpdump has names for: MIB-II (RFC 1213), SNMPv3 (RFC 3411, 3412, 3414), early enterprises.

Made on first use.

>>> names = tree()
>>> names[1].name, names[1].children[3].name
('iso', 'org')
"""

from functools import cache
from typing import NamedTuple


class Node(NamedTuple):
    """An object: its name, and by number those under it."""

    name: str
    children: "dict[int, Node]"


@cache
def tree() -> dict[int, Node]:
    """The root's children, by number."""
    listed = {}
    for row in _CHILDREN.strip().splitlines():
        parent, _, names = row.partition(":")
        listed[parent] = names.split()

    def under(parent: str) -> dict[int, Node]:
        children = {}
        number = 0
        for entry in listed.get(parent, ()):
            name, _, given = entry.partition("=")
            number = int(given) if given else number + 1
            children[number] = Node(name, under(name))
        return children

    return under("")


# Of each object, those under it, counted from 1 unless a number is given.
_CHILDREN = """
:iso
iso:org=3
org:dod=6
dod:internet
internet:directory mgmt experimental private security snmpV2
mgmt:mib
mib:system interfaces at ip icmp tcp udp egp transmission=10 snmp
system:sysDescr sysObjectID sysUpTime sysContact sysName sysLocation sysServices
interfaces:ifNumber ifTable
ifTable:ifEntry
ifEntry:ifIndex ifDescr ifType ifMtu ifSpeed ifPhysAddress ifAdminStatus ifOperStatus ifLastChange ifInOctets\
 ifInUcastPkts ifInNUcastPkts ifInDiscards ifInErrors ifInUnknownProtos ifOutOctets ifOutUcastPkts ifOutNUcastPkts\
 ifOutDiscards ifOutErrors ifOutQLen ifSpecific
at:atTable
atTable:atEntry
atEntry:atIfIndex atPhysAddress atNetAddress
ip:ipForwarding ipDefaultTTL ipInReceives ipInHdrErrors ipInAddrErrors ipForwDatagrams ipInUnknownProtos ipInDiscards\
 ipInDelivers ipOutRequests ipOutDiscards ipOutNoRoutes ipReasmTimeout ipReasmReqds ipReasmOKs ipReasmFails ipFragOKs\
 ipFragFails ipFragCreates ipAddrTable ipRoutingTable ipNetToMediaTable
ipAddrTable:ipAddrEntry
ipAddrEntry:ipAdEntAddr ipAdEntIfIndex ipAdEntNetMask ipAdEntBcastAddr ipAdEntReasmMaxSize
ipRoutingTable:ipRouteEntry
ipRouteEntry:ipRouteDest ipRouteIfIndex ipRouteMetric1 ipRouteMetric2 ipRouteMetric3 ipRouteMetric4 ipRouteNextHop\
 ipRouteType ipRouteProto ipRouteAge ipRouteMask
ipNetToMediaTable:ipNetToMediaEntry
ipNetToMediaEntry:ipNetToMediaIfIndex ipNetToMediaPhysAddress ipNetToMediaNetAddress ipNetToMediaType
icmp:icmpInMsgs icmpInErrors icmpInDestUnreachs icmpInTimeExcds icmpInParmProbs icmpInSrcQuenchs icmpInRedirects\
 icmpInEchos icmpInEchoReps icmpInTimestamps icmpInTimestampReps icmpInAddrMasks icmpInAddrMaskReps icmpOutMsgs\
 icmpOutErrors icmpOutDestUnreachs icmpOutTimeExcds icmpOutParmProbs icmpOutSrcQuenchs icmpOutRedirects icmpOutEchos\
 icmpOutEchoReps icmpOutTimestamps icmpOutTimestampReps icmpOutAddrMasks icmpOutAddrMaskReps
tcp:tcpRtoAlgorithm tcpRtoMin tcpRtoMax tcpMaxConn tcpActiveOpens tcpPassiveOpens tcpAttemptFails tcpEstabResets\
 tcpCurrEstab tcpInSegs tcpOutSegs tcpRetransSegs tcpConnTable tcpInErrs tcpOutRsts
tcpConnTable:tcpConnEntry
tcpConnEntry:tcpConnState tcpConnLocalAddress tcpConnLocalPort tcpConnRemAddress tcpConnRemPort
udp:udpInDatagrams udpNoPorts udpInErrors udpOutDatagrams udpTable
udpTable:udpEntry
udpEntry:udpLocalAddress udpLocalPort
egp:egpInMsgs egpInErrors egpOutMsgs egpOutErrors egpNeighTable egpAs
egpNeighTable:egpNeighEntry
egpNeighEntry:egpNeighState egpNeighAddr egpNeighAs egpNeighInMsgs egpNeighInErrs egpNeighOutMsgs egpNeighOutErrs\
 egpNeighInErrMsgs egpNeighOutErrMsgs egpNeighStateUps egpNeighStateDowns egpNeighIntervalHello egpNeighIntervalPoll\
 egpNeighMode egpNeighEventTrigger
snmp:snmpInPkts snmpOutPkts snmpInBadVersions snmpInBadCommunityNames snmpInBadCommunityUses snmpInASNParseErrs\
 snmpInBadTypes snmpInTooBigs snmpInNoSuchNames snmpInBadValues snmpInReadOnlys snmpInGenErrs snmpInTotalReqVars\
 snmpInTotalSetVars snmpInGetRequests snmpInGetNexts snmpInSetRequests snmpInGetResponses snmpInTraps snmpOutTooBigs\
 snmpOutNoSuchNames snmpOutBadValues snmpOutReadOnlys snmpOutGenErrs snmpOutGetRequests snmpOutGetNexts\
 snmpOutSetRequests snmpOutGetResponses snmpOutTraps snmpEnableAuthTraps
private:enterprises
enterprises:proteon ibm cmu unix acc twg cayman nysernet cisco nsc hp epilogue utennessee bbn xylogics unisys canstar\
 wellfleet trw mit eon spartacus excelan spider nsfnet sytek intergraph interlan vitalink ulana nswc\
 santacruzoperation xyplex cray bellnorthernresearch dec touch networkresearchcorp baylor nmfeccllnl sri sun 3com cmc\
 synoptics cheyenne prime mcnc chipcom opticaldatasystems gated cabletron apollo desktalksystems ssds castlerock mips\
 tgv silicongraphics ubc merit fibercom apple gandalf dartmouth davidsystems reuter cornell tmac locus nasa retix\
 boeing att ungermannbass digitalanalysis hplanman netlabs icl auspex lannet ncd raycom pirellifocom datability\
 networkappltech link nyu rnd intercon learningtree webstercomputer frontier nokia allenbradley cern sigma\
 emergingtech snmpresearch ohiostate ultra ccur=136
snmpV2:snmpModules=3
snmpModules:snmpFrameworkMIB=10 snmpMPDMIB snmpUsmMIB=15
snmpFrameworkMIB:snmpFrameworkAdmin snmpFrameworkMIBObjects snmpFrameworkMIBConformance
snmpFrameworkMIBObjects:snmpEngine
snmpEngine:snmpEngineID snmpEngineBoots snmpEngineTime snmpEngineMaxMessageSize
snmpMPDMIB:snmpMPDAdmin snmpMPDMIBObjects snmpMPDMIBConformance
snmpMPDMIBObjects:snmpMPDStats
snmpMPDStats:snmpUnknownSecurityModels snmpInvalidMsgs snmpUnknownPDUHandlers
snmpMPDMIBConformance:snmpMPDMIBCompliances snmpMPDMIBGroups
snmpUsmMIB:usmMIBObjects usmMIBConformance
usmMIBObjects:usmStats usmUser
usmStats:usmStatsUnsupportedSecLevels usmStatsNotInTimeWindows usmStatsUnknownUserNames usmStatsUnknownEngineIDs\
 usmStatsWrongDigests usmStatsDecryptionErrors
usmUser:usmUserSpinLock usmUserTable
usmUserTable:usmUserEntry
usmUserEntry:usmUserEngineID usmUserName usmUserSecurityName usmUserCloneFrom usmUserAuthProtocol\
 usmUserAuthKeyChange usmUserOwnAuthKeyChange usmUserPrivProtocol usmUserPrivKeyChange usmUserOwnPrivKeyChange\
 usmUserPublic usmUserStorageType usmUserStatus
usmMIBConformance:usmMIBCompliances usmMIBGroups
"""

# SPDX-License-Identifier: Apache-2.0
"""Protects and unprotects packets with scapy: one JSON request a line in, one answer a line out."""
import json
import sys

from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.ipsec import AH, ESP, SecurityAssociation


def read(octets):
    return (IP if octets[0] >> 4 == 4 else IPv6)(octets)


def association(request):
    octets = {name: bytes.fromhex(request[name]) for name in ("crypt_key", "auth_key") if request.get(name)}
    tunnel = request.get("tunnel")
    header = None
    if tunnel:
        header = (IPv6 if ":" in tunnel[0] else IP)(src=tunnel[0], dst=tunnel[1])
    udp = request.get("udp")
    return SecurityAssociation(
        AH if request["protocol"] == "AH" else ESP,
        spi=request["spi"],
        crypt_algo=request.get("crypt"),
        crypt_icv_size=request.get("crypt_icv"),
        auth_algo=request.get("auth"),
        tunnel_header=header,
        nat_t_header=UDP(sport=udp[0], dport=udp[1]) if udp else None,
        esn_en=request.get("esn") is not None,
        esn=request.get("esn") or 0,
        **octets)


def answer(request):
    packet = read(bytes.fromhex(request["packet"]))
    sa = association(request)
    if request["do"] == "protect":
        return bytes(sa.encrypt(packet, seq_num=request["sequence"])).hex()
    return bytes(sa.decrypt(packet)).hex()


print("ready", flush=True)
for line in sys.stdin:
    try:
        reply = {"packet": answer(json.loads(line))}
    except Exception as problem:  # whatever scapy has against the packet is the answer
        reply = {"problem": "%s: %s" % (type(problem).__name__, problem)}
    print(json.dumps(reply), flush=True)

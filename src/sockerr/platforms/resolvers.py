"""Codes of resolvers that ask name servers themselves, with the code of getaddrinfo() that means the same.

They tell apart what the system's resolver reports as one failure, and are the same on every system.

Source: ares.h of c-ares; RFC 1035 section 4.1.1 and RFC 2136 section 2.2 for the response codes of DNS. What those
mean: the switch in res_query.c of glibc, where NXDOMAIN is HOST_NOT_FOUND, SERVFAIL is TRY_AGAIN, an answer without
records is NO_DATA, and any other code is NO_RECOVERY. glibc's getaddrinfo() itself asks the next server after REFUSED
and NOTIMP, and reports EAI_AGAIN if there is none. c-ares has a code for each: ares_query(3), ares_getaddrinfo(3).
Confirmed by: arpa/nameser.h of glibc; pycares and dnspython, which have the same numbers.
"""

C_ARES: dict[str, int] = {
    "ARES_SUCCESS": 0,
    "ARES_ENODATA": 1,
    "ARES_EFORMERR": 2,
    "ARES_ESERVFAIL": 3,
    "ARES_ENOTFOUND": 4,
    "ARES_ENOTIMP": 5,
    "ARES_EREFUSED": 6,
    "ARES_EBADQUERY": 7,
    "ARES_EBADNAME": 8,
    "ARES_EBADFAMILY": 9,
    "ARES_EBADRESP": 10,
    "ARES_ECONNREFUSED": 11,
    "ARES_ETIMEOUT": 12,
    "ARES_EOF": 13,
    "ARES_EFILE": 14,
    "ARES_ENOMEM": 15,
    "ARES_EDESTRUCTION": 16,
    "ARES_EBADSTR": 17,
    "ARES_EBADFLAGS": 18,
    "ARES_ENONAME": 19,
    "ARES_EBADHINTS": 20,
    "ARES_ENOTINITIALIZED": 21,
    "ARES_ELOADIPHLPAPI": 22,
    "ARES_EADDRGETNETWORKPARAMS": 23,
    "ARES_ECANCELLED": 24,
    "ARES_ESERVICE": 25,
    "ARES_ENOSERVER": 26,
}

RCODE: dict[str, int] = {
    "NOERROR": 0,
    "FORMERR": 1,
    "SERVFAIL": 2,
    "NXDOMAIN": 3,
    "NOTIMP": 4,
    "REFUSED": 5,
    "YXDOMAIN": 6,
    "YXRRSET": 7,
    "NXRRSET": 8,
    "NOTAUTH": 9,
    "NOTZONE": 10,
}

MEANING: dict[str, str] = {
    "ARES_ENODATA": "EAI_NODATA",
    "ARES_EFORMERR": "EAI_FAIL",
    "ARES_ESERVFAIL": "EAI_AGAIN",
    "ARES_ENOTFOUND": "EAI_NONAME",
    "ARES_EREFUSED": "EAI_FAIL",
    "ARES_EBADNAME": "EAI_NONAME",
    "ARES_EBADFAMILY": "EAI_FAMILY",
    "ARES_EBADRESP": "EAI_FAIL",
    "ARES_ECONNREFUSED": "EAI_AGAIN",
    "ARES_ETIMEOUT": "EAI_AGAIN",
    "ARES_ENOMEM": "EAI_MEMORY",
    "ARES_EBADFLAGS": "EAI_BADFLAGS",
    "ARES_ENONAME": "EAI_NONAME",
    "ARES_EBADHINTS": "EAI_BADFLAGS",
    "ARES_ESERVICE": "EAI_SERVICE",
    "ARES_ENOSERVER": "EAI_AGAIN",
    "FORMERR": "EAI_FAIL",
    "SERVFAIL": "EAI_AGAIN",
    "NXDOMAIN": "EAI_NONAME",
    "NOTIMP": "EAI_FAIL",
    "REFUSED": "EAI_FAIL",
    "YXDOMAIN": "EAI_FAIL",
}
"""The codes that mean one failure of a lookup.

ARES_ENOTIMP may be the server's NOTIMP, or an address family that c-ares does not know. The others mean a mistake in
the program, or an order to stop.
"""

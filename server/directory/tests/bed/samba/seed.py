"""Fills a fresh domain in one process; a dozen calls of samba-tool would take ten times as long.

seed.py SMB_CONF SAM_LDB SETTINGS, the last as JSON. Prints the service account's SID.
"""

import json
import sys

import ldb
from samba.auth import system_session
from samba.credentials import Credentials
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB
from samba.sd_utils import SDUtils

MINUTE = -600_000_000  # of 100 ns, counted backwards
DAY = 24 * 60 * MINUTE

# The service account of the guide: on people of one unit, and nothing else.
PEOPLE = "bf967aba-0de6-11d0-a285-00aa003049e2"
RIGHTS = [
    ("CR", "00299570-246d-11d0-a768-00aa006e0529"),  # reset password
    ("RPWP", "28630ebf-41d5-11d1-a9c1-0000f80367c1"),  # lockoutTime
    ("RPWP", "bf967a0a-0de6-11d0-a285-00aa003049e2"),  # pwdLastSet
]


def open_database(configuration, file):
    settings = LoadParm()
    settings.load(configuration)
    settings.set("log level", "0")  # its audit is for the server's log
    credentials = Credentials()
    credentials.guess(settings)
    return SamDB(url=file, session_info=system_session(), credentials=credentials, lp=settings)


def replace(database, dn, **values):
    message = ldb.Message(ldb.Dn(database, dn))
    for name, value in values.items():
        message[name] = ldb.MessageElement(str(value), ldb.FLAG_MOD_REPLACE, name)
    database.modify(message)


def make_policies(database, base):
    replace(
        database, base, minPwdLength=8, pwdHistoryLength=3, minPwdAge=0, maxPwdAge=90 * DAY,
        lockoutThreshold=3, lockoutDuration=30 * MINUTE, lockOutObservationWindow=30 * MINUTE,
    )
    database.add({
        "dn": f"CN=aged,CN=Password Settings Container,CN=System,{base}",
        "objectClass": "msDS-PasswordSettings",
        "msDS-PasswordSettingsPrecedence": "10",
        "msDS-PasswordReversibleEncryptionEnabled": "FALSE",
        "msDS-PasswordHistoryLength": "3",
        "msDS-PasswordComplexityEnabled": "TRUE",
        "msDS-MinimumPasswordLength": "12",
        "msDS-MinimumPasswordAge": str(DAY),
        "msDS-MaximumPasswordAge": str(-(2**63)),  # never
        "msDS-LockoutThreshold": "3",
        "msDS-LockoutObservationWindow": str(30 * MINUTE),
        "msDS-LockoutDuration": str(30 * MINUTE),
    })


def make_people(database, password):
    unit = "OU=Staff"
    database.newuser(
        "alice", password, userou=unit, givenname="Alice", surname="Example",
        mailaddress="alice@example.test", telephonenumber="+44 20 7946 0101",
    )
    replace(database, f"CN=alice,{unit},{database.domain_dn()}", mobile="+44 20 7946 0001")
    database.newuser("bob", password, userou=unit, givenname="Bob", surname="Example", mailaddress="bob@example.test")
    for group, member in (("team", "alice"), ("department", "team"), ("self-service", "department")):
        database.newgroup(group, groupou=unit)
        database.add_remove_group_members(group, [member], add_members_operation=True)


def make_service(database, base, unit, name, password):
    database.newuser(name, password)
    dn = f"CN={name},CN=Users,{base}"
    replace(database, dn, userAccountControl=0x10200)  # an ordinary account whose password does not run out
    found = database.search(dn, scope=ldb.SCOPE_BASE, attrs=["objectSid"])
    sid = ndr_unpack(security.dom_sid, found[0]["objectSid"][0])
    aces = "".join(f"(OA;CIIO;{right};{what};{PEOPLE};{sid})" for right, what in RIGHTS)
    SDUtils(database).dacl_add_ace(unit, aces)
    return sid


def main():
    settings = json.loads(sys.argv[3])
    database = open_database(sys.argv[1], sys.argv[2])
    base = str(database.domain_dn())
    database.transaction_start()
    make_policies(database, base)
    for unit in ("Staff", "Elsewhere"):
        database.create_ou(f"OU={unit},{base}")
    make_people(database, settings["person_password"])
    sid = make_service(database, base, f"OU=Staff,{base}", settings["service"], settings["service_password"])
    database.transaction_commit()
    print(sid)


main()

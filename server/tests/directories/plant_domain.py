#!/usr/bin/python3
"""A domain of any size with planted problems, as LDIF for the file of a Samba domain controller.

    plant_domain.py ldif UNIT PEOPLE [NOW]      a new unit with entries, for ldbadd -H sam.ldb --relax --controls=local_oid:BYPASS:0
    plant_domain.py age UNIT                    a change, for ldbmodify -H sam.ldb --relax
    plant_domain.py expected                    JSON: with how many people each kind of problem is to be found

Everybody has everything in order but those who are planted, one or two for each kind of problem. Times and passwords' ages
are written as the domain controller keeps them, which no client may: hence the file. BYPASS is 1.3.6.1.4.1.7165.4.3.20.
The domain must let passwords live for 90 days. Two people with one username cannot be planted: a domain controller refuses
a second userPrincipalName.
"""

import json
import sys
import time

DAY = 86_400
DOMAIN = "corp.example.test"
TEAMS = 7
NORMAL, DISABLED, NO_PASSWORD, NEVER_EXPIRES = 0x200, 0x2, 0x20, 0x10000
NEVER = 9223372036854775807


def filetime(seconds):
    """Ticks of 100 ns since 1601 (MS-DTYP, 2.3.3)."""
    return int((seconds + 11_644_473_600) * 10_000_000)


def clean(number, now):
    name = f"person{number:05d}"
    return {
        "sAMAccountName": name,
        "userPrincipalName": f"{name}@{DOMAIN}",
        "displayName": f"Person {number:05d}",
        "givenName": "Person",
        "sn": f"{number:05d}",
        "mail": f"{name}@{DOMAIN}",
        "mobile": f"+371 2{number:07d}",
        "telephoneNumber": f"+371 6{number:07d}",
        "otherMailbox": f"{name}@home.example",
        "userAccountControl": NORMAL | NO_PASSWORD,
        "pwdLastSet": filetime(now - 2 * DAY),
        "lastLogonTimestamp": filetime(now - DAY),
        "accountExpires": NEVER,
    }


def changes(now):
    """What is changed about the planted people, by the code of the problem; a value of None removes the attribute."""
    nothing = {"mobile": None, "telephoneNumber": None, "otherMailbox": None}
    return [
        ("nothing-on-file", 1, nothing),
        ("phone-only", 1, {"otherMailbox": None}),
        ("mail-only", 1, {"mobile": None, "telephoneNumber": None}),
        ("phone-without-country", 1, {"mobile": "020 7946 0018"}),
        ("mobile-malformed", 1, {"mobile": "ask the front desk"}),
        ("office-phone-malformed", 1, {"telephoneNumber": "+371 12"}),
        ("phone-premium", 1, {"telephoneNumber": "+44 909 879 0123"}),
        ("other-mail-malformed", 1, {"otherMailbox": ["me at home", "x@home.example"]}),
        ("other-mail-is-primary", 1, {"otherMailbox": ["same@CORP.example.test", "y@home.example"],
                                      "mail": "same@corp.example.test"}),
        ("other-mail-at-home", 1, {"otherMailbox": f"alias@{DOMAIN}"}),
        ("other-mail-of-colleague", 1, {"otherMailbox": f"person00000@{DOMAIN}", "mail": "elsewhere@other.example"}),
        ("other-mail-shared", 2, {"otherMailbox": "family@home.example"}),
        ("mobile-shared", 2, {"mobile": "+371 29 999 999"}),
        ("office-phone-shared", 2, {"telephoneNumber": "+371 69999999"}),
        ("mail-shared", 2, {"mail": f"team@{DOMAIN}"}),
        ("mail-missing", 1, {"mail": None}),
        ("mail-malformed", 1, {"mail": "nobody"}),
        ("username-missing", 1, {"userPrincipalName": None, "mail": None}),
        ("stale", 1, {"lastLogonTimestamp": filetime(now - 120 * DAY)}),
        ("never-used", 1, {"lastLogonTimestamp": None}),
        ("never-expires", 1, {"userAccountControl": NORMAL | NO_PASSWORD | NEVER_EXPIRES}),
        ("protected-admin-count", 1, {"adminCount": 1}),
        ("locked", 1, {"lockoutTime": filetime(now - 60), "badPwdCount": 9}),
        ("expired", 1, {"pwdLastSet": filetime(now - 400 * DAY)}),
        ("expires-soon", 1, {"pwdLastSet": filetime(now - 80 * DAY)}),
        ("must-change", 1, {"pwdLastSet": 0}),
        ("disabled", 1, {"userAccountControl": NORMAL | NO_PASSWORD | DISABLED}),
        ("ended", 1, {"accountExpires": filetime(now - DAY)}),
    ]


def expected():
    found = {code: many for code, many, _ in changes(0)}
    # Whoever has no username has no mail address either.
    found["mail-missing"] += found["username-missing"]
    return found


def dn(number, unit):
    return f"CN=person{number:05d},OU=Team {number % TEAMS},{unit}"


def entry(number, unit, values):
    lines = [f"dn: {dn(number, unit)}", "objectClass: user"]
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                lines.append(f"{name}: {one}")
    return "\n".join(lines) + "\n"


def ldif(unit, people, now):
    for each in [unit] + [f"OU=Team {team},{unit}" for team in range(TEAMS)]:
        yield f"dn: {each}\nobjectClass: organizationalUnit\n"
    changed = {number: change for number, (_, change) in planted(now).items()}
    for number in range(people):
        yield entry(number, unit, clean(number, now) | changed.get(number, {}))


def planted(now):
    """By number. The first ten people stay as they are: one of them is the colleague."""
    all_of_them = [(code, change) for code, many, change in changes(now) for _ in range(many)]
    return dict(enumerate(all_of_them, start=10))


def age(unit):
    """An account that was made today need not have been used yet."""
    number = next(number for number, (code, _) in planted(0).items() if code == "never-used")
    return f"dn: {dn(number, unit)}\nchangetype: modify\nreplace: whenCreated\nwhenCreated: 20200101000000.0Z\n"


def main(arguments):
    match arguments:
        case ["expected"]:
            print(json.dumps(expected(), indent=2))
        case ["age", unit]:
            print(age(unit))
        case ["ldif", unit, people, *rest] if len(rest) <= 1:
            now = float(rest[0]) if rest else time.time()
            print("\n".join(ldif(unit, int(people), now)))
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])

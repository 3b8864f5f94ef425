#!/bin/sh
# What a password filter of a domain controller would say: the password on standard input, anything but 0 refuses it.
# Samba asks this in place of its own check of complexity, so that check is here, too: three of four kinds of characters,
# not the account's name, and no "Contoso".
LC_ALL=C
password=$(cat)
kinds=0
for kind in '*[A-Z]*' '*[a-z]*' '*[0-9]*' '*[!A-Za-z0-9]*'; do
	case $password in $kind) kinds=$((kinds + 1)) ;; esac
done
[ "$kinds" -ge 3 ] || exit 1
lower() { printf %s "$1" | tr '[:upper:]' '[:lower:]'; }
password=$(lower "$password")
name=$(lower "$SAMBA_CPS_ACCOUNT_NAME")
case $password in *contoso*) exit 1 ;; esac
[ "${#name}" -lt 3 ] || case $password in *"$name"*) exit 1 ;; esac
exit 0

/*
 * The quality module that `ppolicy` of OpenLDAP 2.5 asks: three of four kinds of characters, and no "Contoso".
 * Debian packages none. slapd frees the text; only this version hands over a plain pointer for it.
 */
#include <ctype.h>
#include <string.h>

static int refuse(char **text, const char *reason)
{
	if (text)
		*text = strdup(reason);
	return 1;
}

int check_password(char *password, char **text, void *entry, void *argument)
{
	int upper = 0, lower = 0, digit = 0, other = 0;
	const unsigned char *at = (const unsigned char *)password;

	(void)entry;
	(void)argument;
	for (; *at; at++) {
		if (isupper(*at))
			upper = 1;
		else if (islower(*at))
			lower = 1;
		else if (isdigit(*at))
			digit = 1;
		else
			other = 1;
	}
	if (upper + lower + digit + other < 3)
		return refuse(text, "too few kinds of characters");
	if (strstr(password, "Contoso"))
		return refuse(text, "a banned word");
	return 0;
}

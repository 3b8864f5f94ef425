# Texts: problems

# Users, groups, roles
problem-contact-email = Enter one email address, such as name@example.com
problem-contact-phone = Enter the number with a plus, the country code, a space and the rest, such as +1 4255550123
problem-display-name-empty = Enter a display name
problem-group-in-itself = A group cannot be a member of itself
problem-group-name-empty = Enter a name for the group
problem-group-name-taken = There is a group with this name already
problem-initial-password-empty = Enter a password
problem-last-global-administrator = At least one Global Administrator who can sign in must remain. Make somebody else a Global Administrator first.
problem-members-empty = Choose at least one user or group
problem-name-invisible = Remove the characters that cannot be seen
problem-name-too-long = Shorten this to { $max } characters or fewer
problem-upn-domain = What follows the @ must be a domain name, such as contoso.example
problem-upn-domain-too-long = What follows the @ must have 48 characters or fewer
problem-upn-dot = The name before the @ cannot begin or end with a dot, or have two dots in a row
problem-upn-empty = Enter a user principal name, such as ana@contoso.example
problem-upn-name-character = Before the @, use only letters A to Z, digits, and ' . - _ ! # ^ ~
problem-upn-name-too-long = The name before the @ must have 64 characters or fewer
problem-upn-not-an-address = Enter a user principal name with one @, such as ana@contoso.example
problem-upn-taken = There is a user with this name already

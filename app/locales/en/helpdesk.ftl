# Texts: helpdesk

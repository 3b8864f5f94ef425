# Texts: security_info

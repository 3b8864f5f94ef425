# Texts: groups

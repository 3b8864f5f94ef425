# Texts: errors

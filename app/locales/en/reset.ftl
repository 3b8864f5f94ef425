# Texts: reset

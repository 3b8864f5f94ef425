# Texts: ui

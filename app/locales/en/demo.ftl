# Texts: demo

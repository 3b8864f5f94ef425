# Texts: register

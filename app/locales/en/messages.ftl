# Texts: messages

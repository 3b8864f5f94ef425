# Texts: people

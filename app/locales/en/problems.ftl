# Texts: problems

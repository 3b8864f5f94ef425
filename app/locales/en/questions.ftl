# Texts: questions

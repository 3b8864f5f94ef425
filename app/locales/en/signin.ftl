# Texts: signin

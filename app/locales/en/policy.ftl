# Texts: policy

# What intake says to people. A trouble has its code as key, and code-remedy: what to do now.

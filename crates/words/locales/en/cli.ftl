# What cli says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-CLI-001 = The file { $file } cannot be read: { $detail }.
MC-CLI-001-remedy = Check the path and that it may be read, then try again.
MC-CLI-002 = The file { $file } has { $bytes } bytes; at most { $limit } are taken at once.
MC-CLI-002-remedy = Split it into smaller sheets and import them one after the other.
MC-CLI-003 = The column mapping “{ $given }” is not understood.
MC-CLI-003-remedy = Write heading=column, for example --map 证号=certificate_no.
MC-CLI-004 = There is no ledger { $name }; the nearest is { $near }.
MC-CLI-004-remedy = List the packs with mingcha pack check, or use the nearest name.
MC-CLI-005 = What is told above is done; what follows from it (running models, opening cases) is not yet: { $cause }
MC-CLI-005-remedy = There is no need to do it again: once the cause is gone, any command, or the running site, goes on with it.
MC-CLI-006 = A job in the background is not done yet; what follows is as it was before it: { $cause }
MC-CLI-006-remedy = Look again when the cause is gone.

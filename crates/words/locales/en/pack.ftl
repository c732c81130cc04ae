# Reading and checking packs. The code is the key; -remedy says what to do now.
MC-PACK-001 = The packs cannot be read: { $reason }.
MC-PACK-001-remedy = Check the path and the permission to read it, then try again.

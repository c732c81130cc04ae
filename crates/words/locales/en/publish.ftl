# Figures, editions and the bulletin. The code is the key; -remedy says what to do now.
MC-PUBLISH-001 = No query session was made for the pack “{ $pack }”.
MC-PUBLISH-001-remedy = This is a fault of the program; tell the operator, with the log.
MC-PUBLISH-002 = There is no figure “{ $name }”.
MC-PUBLISH-002-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] mingcha figures lists every name.
    }
MC-PUBLISH-003 = The template “{ $file }” cannot be written out, line { $line }: { $detail }.
MC-PUBLISH-003-remedy = Correct the template, run mingcha pack check, and publish again.
MC-PUBLISH-004 = No pack has a section for the bulletin.
MC-PUBLISH-004-remedy = Write a bulletin.md in a pack.
MC-PUBLISH-005 = { $field ->
    [note] A note has 1 to { $max } characters.
   *[title] A title has 1 to { $max } characters.
    }
MC-PUBLISH-005-remedy = { $field ->
    [note] Say why this is published now and what changed; the note is public.
   *[title] Write the title.
    }
MC-PUBLISH-006 = Nothing was published: { $failed } figures cannot be computed. The first is “{ $figure }”.
MC-PUBLISH-006-remedy = Open that figure to see why, correct its record query in figures.toml, run mingcha pack check, and publish again.
MC-PUBLISH-007 = Nothing was published: meanwhile the trail grew from { $then } to { $now } entries.
MC-PUBLISH-007-remedy = Look at the newest data and publish again.
MC-PUBLISH-008 = Edition { $newest } was published after you looked; nothing more was published.
MC-PUBLISH-008-remedy = Look at that edition, and publish again if another is needed.

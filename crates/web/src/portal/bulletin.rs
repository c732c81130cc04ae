//! Bulletins: the list of published editions, and the text of each.

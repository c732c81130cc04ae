//! Who is asking, and may they: accounts, sessions, policy, the desk.

//! A sheet or file becomes accepted and rejected rows, with reasons.

//! A project: what it is for, who leads it, and its figures in the newest published edition.

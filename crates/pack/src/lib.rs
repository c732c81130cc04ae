//! A pack folder becomes definitions, with every fault of syntax.

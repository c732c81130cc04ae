//! Runs models; findings are what the data says.

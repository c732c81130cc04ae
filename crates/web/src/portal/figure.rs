//! A published figure: the number, its sentence, how it is computed, month by month, and where its proof stands.

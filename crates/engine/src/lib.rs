//! SQL over the lake and over casework: DataFusion, the DuckLake, our functions, checks of a pack's SQL.

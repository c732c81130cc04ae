//! Cases, problems, inspections: what people do about findings.

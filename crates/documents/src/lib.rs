//! Words and tables become HTML, Markdown and XLSX.

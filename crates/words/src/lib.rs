//! The sentences people read: message files in Chinese and English, one table of codes.

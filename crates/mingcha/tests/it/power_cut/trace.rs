//! What a command asked of the system, from the lines that `strace -f -xx` writes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A call that went well.
pub enum Call {
    Open {
        path: PathBuf,
        number: i64,
        creates: bool,
        truncates: bool,
    },
    Write {
        number: i64,
        at: Option<usize>,
        bytes: Vec<u8>,
    },
    Seek {
        number: i64,
        to: usize,
    },
    Cut {
        number: i64,
        length: usize,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    Sync {
        number: i64,
    },
    Close {
        number: i64,
    },
    /// One that changes a file in a way that nobody here knows.
    Strange {
        number: i64,
        name: String,
    },
}

/// The calls in the order in which they ended. Paths that are not whole begin at `at`.
pub fn calls(log: &str, at: &Path) -> Vec<Call> {
    let mut begun: HashMap<&str, &str> = HashMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let (process, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim_start();
        if let Some(beginning) = rest.strip_suffix("<unfinished ...>") {
            begun.insert(process, beginning);
        } else if let Some(end) = rest.strip_prefix("<... ") {
            let (beginning, end) = (begun.remove(process).unwrap_or_default(), end.split_once('>'));
            calls.extend(end.and_then(|(_, end)| call(&format!("{beginning}{end}"), at)));
        } else {
            calls.extend(call(rest, at));
        }
    }
    calls
}

fn call(line: &str, base: &Path) -> Option<Call> {
    let (head, result) = line.rsplit_once(" = ")?;
    let result: i64 = result.split(' ').next()?.parse().ok().filter(|result| *result >= 0)?;
    let (name, arguments) = head.trim_end().strip_suffix(')')?.split_once('(')?;
    let arguments: Vec<&str> = arguments.split(", ").collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.trim().parse::<i64>().ok());
    let size = |at: usize| number(at).and_then(|number| usize::try_from(number).ok());
    let path = |at: usize| Some(base.join(String::from_utf8(bytes(arguments.get(at)?)?).ok()?));
    let opened = |path: Option<PathBuf>, flags: &str| {
        let (creates, truncates) = (flags.contains("O_CREAT"), flags.contains("O_TRUNC"));
        Some(Call::Open { path: path?, number: result, creates, truncates })
    };
    match name {
        "open" => opened(path(0), arguments.get(1)?),
        "openat" => opened(path(1), arguments.get(2)?),
        "write" => Some(Call::Write { number: number(0)?, at: None, bytes: bytes(arguments.get(1)?)? }),
        "pwrite64" => Some(Call::Write { number: number(0)?, at: Some(size(3)?), bytes: bytes(arguments.get(1)?)? }),
        "lseek" => Some(Call::Seek { number: number(0)?, to: usize::try_from(result).ok()? }),
        "ftruncate" => Some(Call::Cut { number: number(0)?, length: size(1)? }),
        "rename" => Some(Call::Rename { from: path(0)?, to: path(1)? }),
        "renameat" | "renameat2" => Some(Call::Rename { from: path(1)?, to: path(3)? }),
        "unlink" => Some(Call::Remove { path: path(0)? }),
        "unlinkat" => Some(Call::Remove { path: path(1)? }),
        "fsync" | "fdatasync" => Some(Call::Sync { number: number(0)? }),
        "close" => Some(Call::Close { number: number(0)? }),
        "writev" | "pwritev" | "fallocate" | "copy_file_range" | "sendfile" | "dup" | "dup2" | "dup3" => {
            Some(Call::Strange { number: number(0)?, name: name.to_owned() })
        }
        "truncate" | "link" | "linkat" | "creat" => panic!("the disk does not know {name} yet"),
        _ => None,
    }
}

/// A text in `strace -xx`: `"\x41\x42"`.
fn bytes(argument: &str) -> Option<Vec<u8>> {
    let text = argument.trim().strip_prefix('"')?.strip_suffix('"')?;
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(byte, 16).ok()).collect()
}

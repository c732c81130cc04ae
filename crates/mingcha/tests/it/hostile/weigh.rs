//! Hands in a file and weighs what that took.

use std::process::Output;

use super::family::{Answer, Family};
use crate::house::Ran;

/// No file, whatever it holds, may take more than this. A debug build; an ordinary import takes a tenth.
const PEAK_KIB_MAX: u64 = 1 << 20;

/// Runs the command, then writes down the most memory that it ever had (`ru_maxrss`, KiB).
const WEIGH: &str = "import resource, subprocess, sys\n\
    ran = subprocess.run(sys.argv[2:])\n\
    open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))\n\
    sys.exit(ran.returncode if ran.returncode >= 0 else 128 - ran.returncode)";

/// Hands in a file; fails at once when it took more memory than any file may.
#[must_use = "say what the clerk must get"]
pub fn weighed<'a>(
    family: &'a mut Family,
    ledger: &str,
    what: &str,
    file: &str,
    content: impl AsRef<[u8]>,
) -> Answer<'a> {
    let path = family.house.file(file, content).display().to_string();
    let weight = family.house.path("weight");
    let import = family.house.command(["ledger", "import", "--json", ledger, &path]);
    let Output { status, stdout, stderr } = std::process::Command::new("python3")
        .args(["-c", WEIGH])
        .arg(&weight)
        .arg(import.get_program())
        .args(import.get_args())
        .env_clear()
        .envs(import.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(family.house.path(""))
        .output()
        .expect("python3 starts");
    let peak: u64 = std::fs::read_to_string(&weight).expect("weighed").parse().expect("a number");
    assert!(peak <= PEAK_KIB_MAX, "{what}: {peak} KiB at the peak");
    let ran = Ran {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    };
    family.answered(what, file, ran)
}

//! Small sheets of subsidies, the same for the same number, with identity numbers whose check character is right.

use std::fmt::Write;

/// The ledger that is filled.
pub const LEDGER: &str = "vocational_training.training_subsidy";

const HEADER: &str = "补贴编号,补贴种类,身份证号,姓名,技能等级,培训机构代码,培训课时,发放日期,补贴金额（元）\n";

/// The key of a row.
pub fn key(sheet: u64, row: u64) -> String {
    format!("BT{sheet:08}{row:04}")
}

/// A sheet; every tenth also corrects the first row of the one before.
pub fn sheet(number: u64, rows: u64) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    for row in 1..=rows {
        line(&mut text, number, row, 800);
    }
    if number.is_multiple_of(10) {
        line(&mut text, number - 1, 1, 900);
    }
    text.into_bytes()
}

fn line(text: &mut String, sheet: u64, row: u64, amount: u64) {
    let (key, person) = (key(sheet, row), resident_id(sheet * 31 + row));
    let (month, day) = (sheet % 12 + 1, row % 28 + 1);
    // Writing to a String never fails.
    let _ =
        writeln!(text, "{key},培训补贴,{person},张三,四级,91330900MA2A00018M,40,2023-{month:02}-{day:02},{amount}.00");
}

/// An identity number from an unassigned region, born between 1950 and 2005.
fn resident_id(seed: u64) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (year, month, day) = (1950 + seed % 56, seed / 56 % 12 + 1, seed / 672 % 28 + 1);
    let body = format!("330999{year}{month:02}{day:02}{:03}", seed / 18_816 % 1_000);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let check = usize::try_from(sum % 11).ok().and_then(|at| check.get(at)).copied().unwrap_or('1');
    format!("{body}{check}")
}

//! Columnar files, as other systems export them.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::family::Family;
use crate::sheets::Sheet;

/// The values of a column.
enum Values {
    Texts(Vec<String>),
    Days(Vec<i32>),
    Longs(Vec<i64>),
    Floats(Vec<f64>),
}

/// A file of one group of rows in which nothing is missing.
fn file(schema: &str, columns: &[Values]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut out = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut out, schema, Arc::new(WriterProperties::builder().build())).expect("a file");
    let mut group = writer.next_row_group().expect("a group");
    for values in columns {
        let mut column = group.next_column().expect("a column").expect("as many as in the schema");
        match values {
            Values::Texts(values) => {
                let values: Vec<ByteArray> = values.iter().map(|text| text.as_bytes().to_vec().into()).collect();
                column.typed::<ByteArrayType>().write_batch(&values, None, None)
            }
            Values::Days(values) => column.typed::<Int32Type>().write_batch(values, None, None),
            Values::Longs(values) => column.typed::<Int64Type>().write_batch(values, None, None),
            Values::Floats(values) => column.typed::<DoubleType>().write_batch(values, None, None),
        }
        .expect("written");
        column.close().expect("closed");
    }
    group.close().expect("closed");
    writer.close().expect("closed");
    out
}

fn texts(sheet: &Sheet, heading: &str) -> Values {
    let at = sheet.headings.iter().position(|known| known == heading).expect("a heading");
    Values::Texts(sheet.rows.iter().map(|row| row[at].clone()).collect())
}

fn columns(sheet: &Sheet) -> Vec<Values> {
    ["证书编号", "身份证号", "姓名", "证书类别", "职业（工种）", "发证机构"].map(|heading| texts(sheet, heading)).into()
}

/// Lines of a schema for the columns above.
const TEXTS: &str = "required binary certificate_no (UTF8); required binary resident_id (UTF8); required binary name (UTF8); \
    required binary kind (UTF8); required binary occupation (UTF8); required binary issuer (UTF8);";

#[test]
fn hostile_columnar_files() {
    let mut family = Family::of_certificates();

    // Rows are counted as a sheet would show them, below a line of headings. 2023-04-18 is day 19465 since 1970.
    let sheet = family.sheet(3);
    let mut all = columns(&sheet);
    all.push(Values::Days(vec![19_465; 3]));
    all.push(Values::Floats(vec![88.5, 0.0, 100.0]));
    let schema = format!("message rows {{ {TEXTS} required int32 issued_on (DATE); required double theory_score; }}");
    let whole = file(&schema, &all);
    family
        .hands_in("a columnar file with days and floats, named .csv", "证书.csv", &whole)
        .took(3, 0)
        .holds(2, "issued_on", "2023-04-18")
        .holds(4, "theory_score", "100.0")
        .done();

    family.hands_in("half a columnar file", "半份.parquet", &whole[..whole.len() / 2]).refused(&["MC-INTAKE-", "。"]);

    let end = whole.len() - 40;
    let mut spoilt = whole.clone();
    spoilt[end..end + 16].fill(0xFF);
    family.hands_in("a columnar file with a spoilt end", "坏.parquet", &spoilt).refused(&["MC-INTAKE-", "损坏"]);

    let sheet = family.sheet(2);
    let mut all = columns(&sheet);
    // Microseconds: half past ten of that day.
    all.push(Values::Longs(vec![19_465 * 86_400_000_000 + 37_800_000_000; 2]));
    let schema = format!("message rows {{ {TEXTS} required int64 issued_on (TIMESTAMP_MICROS); }}");
    family
        .hands_in("moments in a column of days", "证书.parquet", file(&schema, &all))
        .took(2, 0)
        .holds(2, "issued_on", "2023-04-18")
        .done();

    let sheet = family.sheet(2);
    let mut all = columns(&sheet);
    all.push(Values::Days(vec![19_465; 2]));
    let schema = "message rows { required binary certificate_no (UTF8); required group resident_id { required binary number (UTF8); } \
         required binary name (UTF8); required binary kind (UTF8); required binary occupation (UTF8); required binary issuer (UTF8); \
         required int32 issued_on (DATE); }";
    family
        .hands_in("a required column that holds records", "嵌套.parquet", file(schema, &all))
        .refused(&["MC-INTAKE-", "resident_id"]);

    let sheet = family.sheet(2);
    let mut all = columns(&sheet);
    all.push(Values::Days(vec![19_465; 2]));
    all.push(Values::Longs(vec![1, 2]));
    let schema = format!(
        "message rows {{ {TEXTS} required int32 issued_on (DATE); required group extra {{ required int64 n; }} }}"
    );
    family
        .hands_in("an unknown column that holds records", "证书.parquet", file(&schema, &all))
        .took(2, 0)
        .said(&["extra"])
        .done();

    let schema = format!("message rows {{ {TEXTS} required int32 issued_on (DATE); }}");
    let none: Vec<Values> = (0..6).map(|_| Values::Texts(Vec::new())).chain([Values::Days(Vec::new())]).collect();
    family
        .hands_in("a columnar file without a row", "空.parquet", file(&schema, &none))
        .refused(&["MC-INTAKE-01", "没有"]);

    family.finish();
}

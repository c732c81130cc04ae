//! Functions of demo plans: deterministic, of a seed and a row number, so that one plan makes ten thousand rows or
//! sixty million, the same ones every time.
//!
//! Names are invented; identity numbers have a right check digit and an address code that is not assigned, so that none
//! of them can be anybody's.

mod identity;
mod names;
mod parts;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{DataFusionError, Result, exec_datafusion_err, plan_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use mingcha_domain::Value;

use crate::lake::arrow::{array_of, value_at};

/// One cell from the cells of a row; null when an argument is null. An error is said in words.
type Cell = fn(&[Value]) -> std::result::Result<Value, String>;

/// All of them.
pub(crate) fn functions() -> Vec<ScalarUDF> {
    let (text, whole, day, money) = (DataType::Utf8, DataType::Int64, DataType::Date32, DataType::Decimal128(18, 2));
    let exact = |kinds: &[&DataType]| TypeSignature::Exact(kinds.iter().map(|kind| (*kind).clone()).collect());
    let one = |name, form: TypeSignature, returns: &DataType, cell| RowFunction {
        name,
        signature: Signature::new(form, Volatility::Immutable),
        returns: returns.clone(),
        cell,
    };
    let resident = TypeSignature::OneOf(vec![
        exact(&[&whole, &whole]),
        exact(&[&whole, &whole, &day]),
        exact(&[&whole, &whole, &day, &text]),
    ]);
    [
        one("fake_name", exact(&[&whole, &whole]), &text, names::fake_name as Cell),
        one("fake_resident_id", resident, &text, identity::fake_resident_id),
        one("fake_uscc", exact(&[&text, &whole]), &text, identity::fake_uscc),
        one("pick", exact(&[&whole, &text]), &text, parts::pick),
        one("chosen", exact(&[&whole, &whole, &whole]), &DataType::Boolean, parts::chosen),
        // Any number is an amount: what has more than two decimals is refused when it runs.
        one("portion", TypeSignature::UserDefined, &money, parts::portion),
        one("day_add", exact(&[&day, &whole]), &day, parts::day_add),
    ]
    .into_iter()
    .map(ScalarUDF::new_from_impl)
    .collect()
}

/// A scalar function that is written for one row.
#[derive(Debug)]
struct RowFunction {
    name: &'static str,
    signature: Signature,
    returns: DataType,
    cell: Cell,
}

impl PartialEq for RowFunction {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for RowFunction {}

impl Hash for RowFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for RowFunction {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(self.returns.clone())
    }

    fn coerce_types(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        match given {
            [amount, n, i] if amount.is_numeric() && n.is_integer() && i.is_integer() => {
                Ok(vec![DataType::Decimal128(18, 2), DataType::Int64, DataType::Int64])
            }
            _ => plan_err!("{}() takes an amount and two whole numbers", self.name),
        }
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let internal = |error: crate::LakeError| DataFusionError::External(Box::new(error));
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let rows = if arrays.is_empty() { 1 } else { args.number_rows };
        let mut cells = Vec::with_capacity(rows);
        let mut given = Vec::with_capacity(arrays.len());
        for row in 0..rows {
            given.clear();
            for array in &arrays {
                // A literal among literals comes as an array of one.
                let at = if array.len() == 1 { 0 } else { row };
                given.push(value_at(array.as_ref(), at).map_err(internal)?);
            }
            let null = given.iter().any(Value::is_null);
            let cell = if null { Ok(Value::Null) } else { (self.cell)(&given) };
            cells.push(cell.map_err(|reason| exec_datafusion_err!("{}(): {reason}", self.name))?);
        }
        Ok(ColumnarValue::Array(array(&self.returns, &cells)?))
    }
}

fn array(kind: &DataType, cells: &[Value]) -> Result<ArrayRef> {
    let internal = |error: crate::LakeError| DataFusionError::External(Box::new(error));
    if *kind == DataType::Utf8 {
        // The lake writes string views; a function says plain text.
        let texts = cells.iter().map(|cell| cell.as_text().map(str::to_owned));
        return Ok(Arc::new(texts.collect::<datafusion::arrow::array::StringArray>()));
    }
    array_of(&Field::new("cell", kind.clone(), true), cells.iter()).map_err(internal)
}

/// Spreads a seed and a number over 64 bits (`SplitMix64`): near numbers give far results, and nothing else decides.
fn mix(seed: i64, n: i64, salt: u64) -> u64 {
    let mut z = (seed as u64)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add((n as u64).wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_add(salt.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The whole number in a place; the signature has seen to its type.
fn int(cells: &[Value], place: usize) -> std::result::Result<i64, String> {
    cells.get(place).and_then(Value::as_int).ok_or_else(|| "a whole number is needed".to_owned())
}

fn text(cells: &[Value], place: usize) -> std::result::Result<&str, String> {
    cells.get(place).and_then(Value::as_text).ok_or_else(|| "a text is needed".to_owned())
}

//! The tables that SQL sees, as DataFusion tables: ledgers with `_ref`, casework, definitions, parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::common::{Column, JoinType, NullEquality, Result as PlanResult, ScalarValue};
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, ident, lit};
use datafusion::prelude::SessionContext;
use mingcha_domain::{RowRef, Value};
use mingcha_pack::{ColumnKind, Ledger, PackSet, Param};

use crate::error::{EngineError, SqlFault, Wrong};
use crate::lake::arrow::{BATCH, PRECISION, ROW, array_of, batch_of, data_type, schema_of};
use crate::limits::PARTITION_LITERALS_MAX;
use crate::{LakeRow, Partitions};

/// The column that names a row: batch and line in one number.
pub(crate) const REF: &str = "_ref";

/// A ledger of rows in memory, with the same types as the lake gives.
pub(crate) fn ledger_in_memory(ledger: &Ledger, rows: &[LakeRow]) -> Result<Arc<dyn TableProvider>, EngineError> {
    let batch = batch_of(ledger, rows)?;
    Ok(Arc::new(MemTable::try_new(schema_of(ledger), vec![vec![batch]]).map_err(setup)?))
}

/// A ledger as models see it, empty and without a view around it: what the proof of locality reads.
pub(crate) fn ledger_empty(ledger: &Ledger) -> Result<Arc<dyn TableProvider>, EngineError> {
    let mut fields: Vec<Arc<Field>> = schema_of(ledger).fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new(REF, DataType::Int64, true)));
    Ok(Arc::new(MemTable::try_new(Arc::new(Schema::new(fields)), vec![vec![]]).map_err(setup)?))
}

/// Adds `_ref`, and keeps only the rows of the partitions when some are given.
pub(crate) fn ledger_view(
    context: &SessionContext,
    full_name: &str,
    ledger: Arc<dyn TableProvider>,
    only: Option<&Partitions>,
) -> Result<Arc<dyn TableProvider>, EngineError> {
    let by = only.and_then(|only| only.by.get(full_name).map(|by| (by, &only.values)));
    view(context, ledger, by).map_err(setup)
}

fn view(
    context: &SessionContext,
    ledger: Arc<dyn TableProvider>,
    by: Option<(&String, &std::collections::BTreeSet<Value>)>,
) -> PlanResult<Arc<dyn TableProvider>> {
    let mut frame = context.read_table(ledger)?;
    if let Some((by, values)) = by {
        let expression = frame.parse_sql_expr(by)?;
        frame = if values.len() <= PARTITION_LITERALS_MAX {
            frame.filter(one_of(expression, values))?
        } else {
            semi_join(frame, expression, values)?
        };
    }
    let mut shown: Vec<Expr> = frame.schema().columns().into_iter().map(Expr::Column).collect();
    shown.push((ident(BATCH) * lit(RowRef::ROWS_MAX) + ident(ROW)).alias(REF));
    Ok(frame.select(shown)?.into_view())
}

/// `expression IN (…)`, or null where the partitions have the null.
fn one_of(expression: Expr, values: &std::collections::BTreeSet<Value>) -> Expr {
    let literals = values.iter().filter(|value| !value.is_null()).map(|value| lit(scalar(value))).collect();
    let some = expression.clone().in_list(literals, false);
    if values.contains(&Value::Null) { expression.is_null().or(some) } else { some }
}

fn semi_join(
    frame: datafusion::dataframe::DataFrame,
    expression: Expr,
    values: &std::collections::BTreeSet<Value>,
) -> PlanResult<datafusion::dataframe::DataFrame> {
    const WANTED: &str = "_wanted_partition";
    let (state, plan) = frame.into_parts();
    let kind = Arc::new(Field::new(WANTED, DataType::Null, true));
    // The values are of one type (the partition's); the null takes it too.
    let kinds = values.iter().find(|value| !value.is_null()).map(|value| scalar(value).data_type());
    let null = ScalarValue::try_from(kinds.unwrap_or(DataType::Null))?;
    let column = ScalarValue::iter_to_array(
        values.iter().map(|value| if value.is_null() { null.clone() } else { scalar(value) }),
    )?;
    let kind = Arc::new(kind.as_ref().clone().with_data_type(column.data_type().clone()));
    let schema: SchemaRef = Arc::new(Schema::new(vec![kind]));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![column])?;
    let wanted = provider_as_source(Arc::new(MemTable::try_new(schema, vec![vec![batch]])?));
    let wanted = LogicalPlanBuilder::scan(WANTED, wanted, None)?.build()?;
    let right = Expr::Column(Column::new(Some(WANTED), WANTED));
    let plan = LogicalPlanBuilder::from(plan)
        .join_with_expr_keys(wanted, JoinType::LeftSemi, (vec![expression], vec![right]), None)?
        .build()?;
    Ok(datafusion::dataframe::DataFrame::new(state, nulls_meet(plan)))
}

/// A null partition is a partition like any other: its rows must meet in the semi-join.
fn nulls_meet(plan: datafusion::logical_expr::LogicalPlan) -> datafusion::logical_expr::LogicalPlan {
    use datafusion::logical_expr::LogicalPlan;
    match plan {
        LogicalPlan::Join(mut join) => {
            join.null_equality = NullEquality::NullEqualsNull;
            LogicalPlan::Join(join)
        }
        other => other,
    }
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null => ScalarValue::Null,
        Value::Text(text) => ScalarValue::Utf8(Some(text.clone())),
        Value::Int(number) => ScalarValue::Int64(Some(*number)),
        Value::Decimal(number) => {
            ScalarValue::Decimal128(Some(number.mantissa()), 38, i8::try_from(number.scale()).unwrap_or(i8::MAX))
        }
        Value::Day(day) => ScalarValue::Date32(Some(day.days_since_epoch())),
        Value::Instant(at) => ScalarValue::TimestampMicrosecond(Some(at.micros()), None),
        Value::Bool(yes) => ScalarValue::Boolean(Some(*yes)),
        Value::Refs(_) => ScalarValue::Utf8(Some(value.to_string())),
    }
}

/// A plain table of typed columns.
pub(crate) fn table(
    columns: &[(String, DataType)],
    rows: &[Vec<Value>],
) -> Result<Arc<dyn TableProvider>, EngineError> {
    let fields: Vec<Field> = columns.iter().map(|(name, kind)| Field::new(name, kind.clone(), true)).collect();
    let arrays = fields
        .iter()
        .enumerate()
        .map(|(i, field)| array_of(field, rows.iter().map(|row| row.get(i).unwrap_or(&Value::Null))))
        .collect::<Result<Vec<ArrayRef>, _>>()?;
    let schema: SchemaRef = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|error| setup(error.into()))?;
    Ok(Arc::new(MemTable::try_new(schema, vec![vec![batch]]).map_err(setup)?))
}

/// `def.indicator(pack, checklist, no, title)`: every indicator of every checklist.
pub(crate) fn indicators(packs: &PackSet) -> Result<Arc<dyn TableProvider>, EngineError> {
    let text = data_type(ColumnKind::Text);
    let columns = [
        ("pack".to_owned(), text.clone()),
        ("checklist".to_owned(), text.clone()),
        ("no".to_owned(), DataType::Int64),
        ("title".to_owned(), text),
    ];
    let mut rows = Vec::new();
    for list in packs.packs.iter().flat_map(|pack| &pack.checklists) {
        for item in &list.items {
            rows.push(vec![
                Value::Text(list.pack.clone()),
                Value::Text(list.key.clone()),
                Value::Int(item.no),
                Value::Text(item.title.clone()),
            ]);
        }
    }
    table(&columns, &rows)
}

/// `param.NAME(value, source, level, valid_from, valid_to, keys …)`, one table a name.
pub(crate) fn params(params: &[Param]) -> Result<BTreeMap<String, Arc<dyn TableProvider>>, EngineError> {
    let mut names: BTreeMap<&str, Vec<&Param>> = BTreeMap::new();
    for param in params {
        names.entry(&param.name).or_default().push(param);
    }
    names.into_iter().map(|(name, rows)| Ok((name.to_owned(), param_table(name, &rows)?))).collect()
}

fn param_table(name: &str, params: &[&Param]) -> Result<Arc<dyn TableProvider>, EngineError> {
    let mixed = || SqlFault { wrong: Wrong::ParameterMixed { name: name.to_owned() }, at: None };
    let text = data_type(ColumnKind::Text);
    let keys: Vec<&String> =
        params.first().map(|first| first.keys.iter().map(|(key, _)| key).collect()).unwrap_or_default();
    let mut columns = vec![
        ("value".to_owned(), common_type(params.iter().map(|param| &param.value)).ok_or_else(mixed)?),
        ("source".to_owned(), text.clone()),
        ("level".to_owned(), text),
        ("valid_from".to_owned(), DataType::Date32),
        ("valid_to".to_owned(), DataType::Date32),
    ];
    for (i, key) in keys.iter().enumerate() {
        let cells = params.iter().filter_map(|param| param.keys.get(i).map(|(_, value)| value));
        columns.push(((*key).clone(), common_type(cells).ok_or_else(mixed)?));
    }
    let day = |day: Option<mingcha_domain::Day>| day.map_or(Value::Null, Value::Day);
    let mut rows = Vec::new();
    for param in params {
        if !param.keys.iter().map(|(key, _)| key).eq(keys.iter().copied()) {
            return Err(mixed().into());
        }
        let mut row = vec![
            param.value.clone(),
            Value::Text(param.source.clone()),
            Value::Text(param.level.clone()),
            day(param.valid_from),
            day(param.valid_to),
        ];
        row.extend(param.keys.iter().map(|(_, value)| value.clone()));
        rows.push(row);
    }
    table(&columns, &rows)
}

/// The one type that holds all these values; `None` when they do not go together.
fn common_type<'v>(values: impl Iterator<Item = &'v Value>) -> Option<DataType> {
    let mut found: Option<DataType> = None;
    for value in values {
        let this = match value {
            Value::Null => continue,
            Value::Text(_) => data_type(ColumnKind::Text),
            Value::Int(_) => DataType::Int64,
            Value::Decimal(number) => DataType::Decimal128(PRECISION, i8::try_from(number.scale()).ok()?),
            Value::Day(_) => DataType::Date32,
            Value::Bool(_) => DataType::Boolean,
            Value::Instant(_) | Value::Refs(_) => return None,
        };
        found = Some(match (found, this) {
            (None, this) => this,
            (Some(before), this) if before == this => before,
            (Some(DataType::Int64), DataType::Decimal128(p, s))
            | (Some(DataType::Decimal128(p, s)), DataType::Int64) => DataType::Decimal128(p, s),
            (Some(DataType::Decimal128(p, a)), DataType::Decimal128(_, b)) => DataType::Decimal128(p, a.max(b)),
            _ => return None,
        });
    }
    Some(found.unwrap_or_else(|| data_type(ColumnKind::Text)))
}

pub(crate) fn setup(error: DataFusionError) -> EngineError {
    EngineError::Setup(error.strip_backtrace())
}

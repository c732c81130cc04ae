//! What every workbook of ours has in common.

use mingcha_pack::{Column, ColumnKind};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::IntakeError;
use crate::template_version::PROPERTY;

impl From<XlsxError> for IntakeError {
    fn from(why: XlsxError) -> Self {
        Self::Unwritable { why: why.to_string() }
    }
}

/// An empty workbook that says nothing of when it was made, so that the same rows make the same bytes.
pub(super) fn new() -> Result<Workbook, IntakeError> {
    Ok(with(properties()?))
}

/// The same, which says of which ledger and version it is the template.
pub(super) fn template(of: &str) -> Result<Workbook, IntakeError> {
    Ok(with(properties()?.set_custom_property(PROPERTY, of)))
}

fn properties() -> Result<DocProperties, IntakeError> {
    let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_creation_datetime(&never))
}

fn with(properties: DocProperties) -> Workbook {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties);
    workbook
}

/// A title above the table.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// A heading.
pub(super) fn heading() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xE8_EE_F4))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xC9_CF_D6))
}

/// A cell that must be mended.
pub(super) fn wrong() -> Format {
    text()
        .set_background_color(Color::RGB(0xF8_C9_C4))
        .set_font_color(Color::RGB(0xB3_26_1E))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xB3_26_1E))
}

/// A cell that stays text whatever is typed into it: identifiers keep their digits.
pub(super) fn text() -> Format {
    Format::new().set_num_format("@")
}

/// How a column's cells look.
pub(super) fn cells(column: &Column) -> Format {
    match column.kind {
        ColumnKind::Money => Format::new().set_num_format("#,##0.00"),
        ColumnKind::Decimal { scale } => {
            Format::new().set_num_format(format!("0.{}", "0".repeat(scale.max(1) as usize)))
        }
        ColumnKind::Integer => Format::new().set_num_format("0"),
        ColumnKind::Date => Format::new().set_num_format("yyyy-mm-dd"),
        ColumnKind::Text | ColumnKind::ResidentId | ColumnKind::Uscc | ColumnKind::Code | ColumnKind::Boolean => text(),
    }
}

/// Width in characters that shows a column's usual content.
pub(super) fn width(column: &Column) -> f64 {
    let content = match column.kind {
        ColumnKind::ResidentId | ColumnKind::Uscc => 22.0,
        ColumnKind::Text => 18.0,
        _ => 13.0,
    };
    let title = column.title.chars().count() as f64 * 2.0 + 2.0;
    f64::max(content, title).min(40.0)
}

/// A name that a sheet may have: at most 31 characters, without the signs that Excel keeps for itself.
pub(super) fn sheet_name(title: &str) -> String {
    let name: String =
        title.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(31).collect();
    if name.is_empty() { "台账".to_owned() } else { name }
}

/// The place of a column in a workbook.
pub(super) fn col(at: usize) -> Result<u16, IntakeError> {
    u16::try_from(at).map_err(|_| IntakeError::Unwritable { why: format!("column {at}") })
}

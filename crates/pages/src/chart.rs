//! Bars by month, as SVG made here: no script, title, unit and numbers in the picture, and a table beside it that says
//! the same.

use std::fmt::Write as _;

/// One bar.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Below it.
    pub label: String,
    /// Its height.
    pub value: f64,
    /// Above it, when it is one to be read.
    pub said: String,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 200.0;
const FLOOR: f64 = 168.0;
const CEILING: f64 = 36.0;
/// About the width of a character at the size of the labels.
const CHARACTER: f64 = 8.0;

/// The chart, or nothing when there is nothing to draw. Bars start at zero and carry their numbers where these fit, the
/// highest always. Words of class `fine` are left out on a phone, where they would be too small.
#[must_use]
pub fn bars(title: &str, bars: &[Bar]) -> Option<Chart> {
    let highest = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    if bars.len() < 2 || highest <= 0.0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a dozen bars")]
    let step = WIDTH / bars.len() as f64;
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    );
    #[expect(clippy::cast_precision_loss, reason = "a few characters")]
    let fits = |text: &str| text.chars().count() as f64 * CHARACTER < step;
    let all_fit = bars.iter().all(|bar| fits(&bar.said));
    for (index, bar) in bars.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a dozen bars")]
        let left = index as f64 * step;
        let middle = left + step / 2.0;
        let height = (bar.value / highest * (FLOOR - CEILING)).max(if bar.value > 0.0 { 1.0 } else { 0.0 });
        let top = FLOOR - height;
        let width = step * 0.62;
        // Writing to a String cannot fail.
        let _ = write!(
            svg,
            "<rect class=\"bar\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>",
            middle - width / 2.0
        );
        let label = escaped(&bar.label);
        let fine = if index % 2 == 0 { "" } else { " class=\"fine\"" };
        let _ = write!(
            svg,
            "<text{fine} x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>",
            FLOOR + 24.0
        );
        let peak = (bar.value - highest).abs() < f64::EPSILON;
        if peak || all_fit && bar.value > 0.0 {
            let (fine, said) = (if peak { "" } else { " class=\"fine\"" }, escaped(&bar.said));
            let _ = write!(
                svg,
                "<text{fine} x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{said}</text>",
                top - 8.0
            );
        }
    }
    let _ = write!(svg, "<path class=\"axis\" d=\"M0 {FLOOR}H{WIDTH}\"/></svg>");
    Some(Chart(svg))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A chart as SVG.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart(String);

impl std::fmt::Display for Chart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Chart {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: f64) -> Bar {
        Bar { label: label.into(), value, said: format!("{value}") }
    }

    #[test]
    fn bars_start_at_zero_and_carry_their_numbers() {
        let chart = bars("每月", &[bar("1月", 1.0), bar("2月", 4.0)]).expect("a chart").to_string();
        assert!(chart.contains("height=\"33.0\"") && chart.contains("height=\"132.0\""), "{chart}");
        assert!(chart.contains(">4</text>") && chart.contains(">1</text>"), "{chart}");
    }

    #[test]
    fn numbers_that_do_not_fit_stand_over_the_highest_bar_only() {
        let year: Vec<Bar> = (1..=12).map(|month| bar("月", f64::from(month) * 1_000_000.0)).collect();
        let chart = bars("每月", &year).expect("a chart").to_string();
        assert!(chart.contains(">12000000</text>") && !chart.contains(">1000000</text>"), "{chart}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(bars("每月", &[bar("1月", 0.0), bar("2月", 0.0)]), None);
        assert_eq!(bars("每月", &[]), None);
    }
}

//! Numbers of a drawing.

/// A number as the drawing's attributes want it: tenths of a unit at most. (The standard library's way of writing
/// floats costs more bytes than the stage itself.)
#[must_use]
#[inline(never)]
#[allow(clippy::cast_possible_truncation)]
pub fn units(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A text whose every `#` is the next of `values`.
#[must_use]
pub fn filled(template: &str, values: &[f64]) -> String {
    let mut values = values.iter();
    let mut text = String::with_capacity(template.len() + 4 * values.len());
    for letter in template.chars() {
        match letter {
            '#' => text.push_str(&values.next().map(|value| units(*value)).unwrap_or_default()),
            letter => text.push(letter),
        }
    }
    text
}

//! Imports the log of an older controller: one line per run, `date;bed;litres`.

use std::collections::BTreeMap;

#[derive(Debug, PartialEq)]
pub enum ImportError {
    /// A line without three fields, by its number.
    Fields(usize),
    /// Litres that are no number, by its line.
    Litres(usize),
}

/// Sums the litres per bed. A comma in a number is a decimal point, as the old controller was German.
pub fn litres_per_bed(text: &str) -> Result<BTreeMap<String, f64>, ImportError> {
    let mut sums = BTreeMap::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split(';').collect();
        if fields.len() != 3 {
            return Err(ImportError::Fields(index + 1));
        }
        let litres: f64 = fields[2].replace(',', ".").parse().map_err(|_| ImportError::Litres(index + 1))?;
        *sums.entry(fields[1].to_string()).or_insert(0.0) += litres;
    }
    Ok(sums)
}

//! Changes to a `postlint.toml` that keep what stands in it.

use toml_edit::{DocumentMut, Item, Table, value};

/// `text` with the rule `code` switched off; `None` where it is no TOML or its `rules` are no table.
pub fn with_rule_off(text: &str, code: &str) -> Option<String> {
    let mut document = text.parse::<DocumentMut>().ok()?;
    let rules = document.entry("rules").or_insert_with(|| Item::Table(Table::new()));
    rules.as_table_like_mut()?.insert(code, value("off"));
    Some(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::with_rule_off;

    #[test]
    fn what_stands_in_the_file_stays() {
        let text = "# ours\nexclude = [\"a\"] # why\n\n[rules]\ndate-missing = \"off\"\n";
        let after = "# ours\nexclude = [\"a\"] # why\n\n[rules]\ndate-missing = \"off\"\nad-unit = \"off\"\n";
        assert_eq!(with_rule_off(text, "ad-unit").as_deref(), Some(after));
        assert_eq!(
            with_rule_off("", "ad-unit").as_deref(),
            Some("[rules]\nad-unit = \"off\"\n")
        );
        let inline = "rules = { ad-unit = \"info\" }\n";
        let off = with_rule_off(inline, "ad-unit").unwrap();
        assert!(off.contains("\"off\"") && !off.contains("info"), "{off}");
        assert_eq!(with_rule_off("rules = 1", "ad-unit"), None);
        assert_eq!(with_rule_off("[", "ad-unit"), None);
    }
}

//! `docs/rules/` holds one page a rule, written from the rule itself; `UPDATE=1` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use requestlint::rules::{ALL, page};

#[test]
fn the_pages_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let wanted: BTreeMap<String, String> =
        ALL.iter().map(|rule| (format!("{}.md", rule.id), page(rule))).collect();
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &wanted {
            fs::write(folder.join(name), text).unwrap();
        }
        return;
    }
    let kept: BTreeMap<String, String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap().replace("\r\n", "\n");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    let stale: Vec<&String> = wanted
        .keys()
        .chain(kept.keys())
        .filter(|name| wanted.get(*name) != kept.get(*name))
        .collect();
    assert!(
        stale.is_empty(),
        "stale pages {stale:?}; `UPDATE=1 cargo test --test rule_pages` writes them anew"
    );
}

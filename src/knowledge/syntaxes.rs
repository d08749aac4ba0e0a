//! In which syntax a file is read: by the tool that reads it, else by its extension.

use std::sync::LazyLock;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::bundle;
use crate::extract::Syntax;

#[derive(Debug, Deserialize)]
struct File {
    syntaxes: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    syntax: Syntax,
    paths: Vec<String>,
}

/// The globs of all tools, and the syntax that each stands for.
#[derive(Debug, Default)]
struct Table {
    globs: GlobSet,
    syntaxes: Vec<Syntax>,
}

static BUNDLED: LazyLock<Table> = LazyLock::new(|| {
    let file = bundle::file("syntaxes.json").and_then(|text| serde_json::from_str(text).ok());
    let file = file.unwrap_or(File { syntaxes: Vec::new() });
    let (mut globs, mut syntaxes) = (GlobSetBuilder::new(), Vec::new());
    for entry in &file.syntaxes {
        for path in &entry.paths {
            let glob =
                GlobBuilder::new(path).literal_separator(true).case_insensitive(true).build();
            if let Ok(glob) = glob {
                globs.add(glob);
                syntaxes.push(entry.syntax);
            }
        }
    }
    globs.build().map_or_else(|_| Table::default(), |globs| Table { globs, syntaxes })
});

/// The syntax that the file at `path` is read in; `None` where it is read in none. The path is the
/// whole one, with `/` between folders: a tool's files are known by the folder that they stand in.
#[must_use]
pub fn syntax_of_path(path: &str) -> Option<Syntax> {
    let known = BUNDLED.globs.matches(path).last().and_then(|&at| BUNDLED.syntaxes.get(at));
    known.copied().or_else(|| Syntax::of_path(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_goes_before_the_extension() {
        for (path, syntax) in [
            ("/p/.vscode/settings.json", Some(Syntax::Jsonc)),
            ("/p/a.code-workspace", Some(Syntax::Jsonc)),
            ("C:/Users/a/AppData/Roaming/Code/User/settings.json", Some(Syntax::Jsonc)),
            ("/p/TSConfig.json", Some(Syntax::Jsonc)),
            ("/p/packages/a/tsconfig.build.json", Some(Syntax::Jsonc)),
            ("tsconfig.json", Some(Syntax::Jsonc)),
            ("/p/.devcontainer/devcontainer.json", Some(Syntax::Jsonc)),
            ("/home/a/.config/zed/settings.json", Some(Syntax::Jsonc)),
            ("/home/a/.config/opencode/opencode.json", Some(Syntax::Jsonc)),
            ("/p/.mimocode/mimocode.json", Some(Syntax::Jsonc)),
            ("/home/a/.openclaw/openclaw.json", Some(Syntax::Json5)),
            ("/p/.vscode/deeper/request.json", Some(Syntax::Json)),
            ("/p/settings.json", Some(Syntax::Json)),
            ("/p/my-tsconfig.json", Some(Syntax::Json)),
            ("/p/.vscode/log.jsonl", Some(Syntax::Jsonl)),
            ("/p/a.JSONC", Some(Syntax::Jsonc)),
            ("/p/a.json5", Some(Syntax::Json5)),
            ("/p/a.txt", None),
        ] {
            assert_eq!(syntax_of_path(path), syntax, "{path}");
        }
    }

    #[test]
    fn every_glob_of_the_table_is_one() {
        let text = bundle::file("syntaxes.json").expect("a bundled file");
        let file: File = serde_json::from_str(text).expect("of the known shape");
        let globs: usize = file.syntaxes.iter().map(|entry| entry.paths.len()).sum();
        assert!(globs > 20);
        assert_eq!(BUNDLED.syntaxes.len(), globs);
    }
}

//! Hidden places in which keys and settings live are walked; what tools have made is not.

mod support;

use support::{BAD, Folder};

/// The paths that `requestlint files` names, in order.
fn seen(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["files"];
    all.extend(arguments);
    let run = folder.run(&all);
    let mut paths: Vec<String> = run
        .stdout
        .lines()
        .filter_map(|line| line.split([' ', ':']).next())
        .filter(|path| path.contains('.') && !path.is_empty())
        .map(str::to_owned)
        .collect();
    paths.dedup();
    paths
}

fn folder() -> Folder {
    Folder::with(&[
        (".git/config", ""),
        (".gitignore", ".env*\n*.env\n.claude/*\n.vscode\nbuild/\n"),
        (".env", "A=b\n"),
        (".env.local", "A=b\n"),
        ("prod.env", "A=b\n"),
        ("app/.envrc", "export A=b\n"),
        (".claude/a.json", BAD),
        (".vscode/b.json", BAD),
        (".hidden/c.json", BAD),
        ("build/.env", "A=b\n"),
        ("node_modules/x/.env", "A=b\n"),
        (".venv/d.json", BAD),
        ("python/pyvenv.cfg", ""),
        ("python/e.json", BAD),
    ])
}

#[test]
fn known_places_are_walked_though_hidden_and_ignored() {
    let walked =
        [".claude/a.json", ".env", ".env.local", ".vscode/b.json", "app/.envrc", "prod.env"];
    assert_eq!(seen(&folder(), &[]), walked);
}

#[test]
fn what_is_excluded_stays_unread() {
    let folder = folder();
    folder.write("requestlint.toml", "exclude = [\".env*\", \".claude/**\", \"prod.env\"]\n");
    assert_eq!(seen(&folder, &[]), [".vscode/b.json"]);
}

#[test]
fn hidden_adds_the_rest_but_not_what_tools_have_made() {
    let found = seen(&folder(), &["--hidden", "--no-ignore"]);
    assert!(found.contains(&".hidden/c.json".to_owned()), "{found:?}");
    assert!(found.contains(&"build/.env".to_owned()), "{found:?}");
    let made = ["node_modules", ".venv", "python", ".git/"];
    assert!(!found.iter().any(|path| made.iter().any(|name| path.starts_with(name))), "{found:?}");
}

#[test]
fn a_file_of_variables_is_silent_and_tells_why() {
    let folder = Folder::with(&[(
        ".env",
        "model=mimo-v2-pro\nmessages='[]'\ntemperature=3\nA=\"never closed\n",
    )]);
    let run = folder.check(&["."]);
    run.exits(0);
    assert_eq!(run.json()["diagnostics"].as_array().map(Vec::len), Some(0));
    folder.check(&[".", "--kind", "chat-completions"]).exits(0);
    folder.write(".env", "PARROT_API_KEY=sk-abcdefgh\n");
    let run = folder.run(&["files"]);
    assert!(run.stdout.contains("environment variables: holds no request"), "{run:#?}");
    folder.write(".env", "MIMO_API_KEY=sk-abcdefgh\n");
    let run = folder.run(&["files"]);
    assert!(run.stdout.contains("env-file  mimo  (dotenv: MIMO_API_KEY)"), "{run:#?}");
    assert!(!run.stdout.contains("abcdefgh"), "{run:#?}");
}

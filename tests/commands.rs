//! The commands beside `check`: what they list, explain, print and write.

mod support;

use support::{BAD, DAY, Folder, GOOD, WARNED};

fn folder() -> Folder {
    Folder::with(&[("bad.json", BAD), ("good.json", GOOD), ("warned.json", WARNED)])
}

#[test]
fn files_tells_of_each_document_and_of_what_is_skipped() {
    let folder = folder();
    folder.write("package.json", "{\"name\": \"x\"}");
    folder.write("other.json", GOOD.replace("mimo-v2.6-pro", "gpt-4o"));
    let run = folder.run(&["files"]);
    run.exits(0);
    for text in [
        "bad.json  chat-completions  xiaomi  (model mimo-v2.6-pro)",
        "package.json  skipped: a package manifest",
        "gpt-4o",
    ] {
        assert!(run.stdout.contains(text), "{text:?} is not in {}", run.stdout);
    }
    let report = folder.run(&["files", "--format", "json"]).json();
    let files = report["files"].as_array().expect("files");
    assert_eq!(
        files.iter().map(|file| file["path"].as_str().unwrap()).collect::<Vec<_>>(),
        ["bad.json", "good.json", "other.json", "package.json", "warned.json"]
    );
    assert_eq!(files[0]["documents"][0]["kind"], "chat-completions");
    assert!(files[2]["documents"][0]["skipped"].as_str().expect("a reason").contains("gpt-4o"));
    folder.run(&["files", "no-such-file.json"]).exits(2);
}

#[test]
fn rules_and_models_are_listed() {
    let folder = Folder::new();
    let listed = folder.run(&["rules", "--format", "json"]).json();
    let ids: Vec<&str> = listed["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    assert_eq!(ids, requestlint::rules::ALL.iter().map(|rule| rule.id).collect::<Vec<_>>());
    let text = folder.run(&["rules"]).stdout;
    assert!(ids.iter().all(|id| text.contains(id)), "{text}");

    let models =
        folder.run(&["models", "--format", "json", "--today", DAY, "--provider", "xiaomi"]).json();
    let models = models["models"].as_array().expect("models");
    let one = |id: &str| {
        models.iter().find(|model| model["id"] == id).unwrap_or_else(|| panic!("no {id}"))
    };
    assert_eq!(one("mimo-v2-flash")["ended"], true);
    assert_eq!(one("mimo-v2.6-pro")["ended"], false);
    assert!(models.iter().all(|model| model["provider"] == "xiaomi"));
    let stale =
        folder.run(&["models", "--format", "json", "--today", DAY, "--stale", "99999"]).json();
    assert_eq!(stale["models"], serde_json::json!([]));
    assert!(folder.run(&["models"]).stdout.contains("mimo-v2-omni"));
}

#[test]
fn explain_takes_whatever_a_person_has_at_hand() {
    let folder = Folder::new();
    let told = |what: &str, texts: &[&str]| {
        let run = folder.run(&["explain", what]);
        run.exits(0);
        for text in texts {
            assert!(run.stdout.contains(text), "{what}: {text:?} is not in {}", run.stdout);
        }
    };
    told(
        "out-of-range",
        &["# out-of-range", "Level: error", "`mimo`: answers 400 `invalid_request`", "json bad"],
    );
    told("mimo-v2.6-pro", &["mimo-v2.6-pro at xiaomi", "1048576 tokens", "verified"]);
    told("mimo-v2.6-por", &["`mimo-v2.6-por` is no model", "`mimo-v2.6-pro` is the nearest"]);
    told(
        "chat-completions.temperature",
        &["temperature at mimo", "temperature at xiaomi", "maximum", "1.5", "source"],
    );
    // What a bound stands on is told where it is not what the field stands on.
    told(
        "messages.temperature",
        &[
            "  minimum      0 (inferred: R-oai)\n  maximum      2 (inferred: R-oai)\n",
            "  confidence   documented\n",
            "  maximum      1.5\n",
        ],
    );
    told("mimo-v2.5", &["confidence       a third party's word"]);
    told(
        "chat-completions.thinking.type",
        &["chat-completions.thinking.type at xiaomi", "disabled"],
    );
    told("404", &["404 at mimo: not_found", "retry: no", "unknown-model"]);
    told("not_found", &["404 at mimo"]);
    told(
        "rate_limit_exceeded",
        &[
            "retry: yes, after the time in `Retry-After`",
            "60 s at most, 5 tries",
            "- too many requests",
        ],
    );
    told(
        "400",
        &[
            "400 at xiaomi: 421",
            "- moderated content",
            "- tool calls without their reasoning [missing-reasoning-content]",
            "more; `requestlint diagnose`",
        ],
    );
    let run = folder.run(&["explain", "out-of-rnage"]);
    assert!(run.exits(2).stderr.contains("did you mean `out-of-range`?"), "{run:#?}");
    let run = folder.run(&["explain", "temperature", "--provider", "mimo"]);
    assert!(run.stdout.contains("at mimo") && !run.stdout.contains("at xiaomi"), "{run:#?}");
}

#[test]
fn schema_prints_what_is_bundled() {
    let folder = Folder::new();
    let names = folder.run(&["schema"]);
    for name in names.exits(0).stdout.lines() {
        let schema = folder.run(&["schema", name]).exits(0).json();
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
    }
    for name in ["config", "provider", "mimo/chat-completions", "xiaomi/responses"] {
        assert!(names.stdout.lines().any(|line| line == name), "{name} is not in {}", names.stdout);
    }
    let run = folder.run(&["schema", "confg"]);
    assert!(run.exits(2).stderr.contains("did you mean `config`?"), "{run:#?}");
}

#[test]
fn init_writes_what_the_repository_shows() {
    let folder = folder();
    let run = folder.run(&["init"]);
    run.exits(0);
    let first = folder.read("requestlint.toml");
    assert!(first.contains("provider = \"xiaomi\""), "{first}");
    folder.check(&["."]).exits(1);
    let run = folder.run(&["init", "--provider", "mimo"]);
    assert!(run.exits(2).stderr.contains("--force"), "{run:#?}");
    assert_eq!(folder.read("requestlint.toml"), first, "nothing is written over unasked");
    folder.run(&["init", "--provider", "mimo", "--force"]).exits(0);
    assert!(folder.read("requestlint.toml").contains("provider = \"mimo\""));

    // A host speaks louder than models.
    let addressed = r#"{"url": "https://api.mimo-v2.com/v1/chat/completions", "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}"#;
    let folder = Folder::with(&[("a.json", addressed), ("b.json", GOOD), ("c.json", WARNED)]);
    folder.run(&["init"]).exits(0);
    assert!(folder.read("requestlint.toml").contains("provider = \"mimo\""));
    // And many models speak louder than one host.
    let more = ["d.json", "e.json"].map(|name| (name, GOOD));
    let folder = Folder::with(&[
        ("a.json", addressed),
        ("b.json", GOOD),
        ("c.json", GOOD),
        more[0],
        more[1],
    ]);
    folder.run(&["init"]).exits(0);
    assert!(folder.read("requestlint.toml").contains("provider = \"xiaomi\""));
    let folder = Folder::new();
    folder.run(&["init"]).exits(0);
    assert!(folder.read("requestlint.toml").contains("provider = \"mimo\""), "the default");
}

#[test]
fn init_adds_the_hook_and_the_workflow_and_leaves_what_is_there() {
    let folder = folder();
    folder
        .write(".pre-commit-config.yaml", "repos:\n  - repo: https://example.com/a\n    rev: v1\n");
    let run = folder.run(&["init", "--hook", "--workflow"]);
    run.exits(0);
    let hook = folder.read(".pre-commit-config.yaml");
    assert!(hook.starts_with("repos:\n  # Finds"), "{hook}");
    assert!(hook.ends_with("  - repo: https://example.com/a\n    rev: v1\n"), "{hook}");
    assert!(hook.contains("entry: requestlint check --force-exclude"), "{hook}");
    let workflow = folder.read(".github/workflows/requestlint.yml");
    let wanted = format!("pipx run 'requestlint=={}' check", env!("CARGO_PKG_VERSION"));
    assert!(workflow.contains(&wanted), "{workflow}");
    assert!(folder.read("requestlint.toml").contains("provider = \"xiaomi\""));

    folder.write("requestlint.toml", "# mine\n");
    let again = folder.run(&["init", "--hook", "--workflow"]);
    again.exits(0);
    assert_eq!(again.stderr.matches("as it is").count(), 3, "{}", again.stderr);
    assert_eq!(folder.read("requestlint.toml"), "# mine\n");
    assert_eq!(folder.read(".pre-commit-config.yaml"), hook);

    folder.write(".pre-commit-config.yaml", "repos: []\n");
    folder.run(&["init", "--hook"]).exits(0);
    let hook = folder.read(".pre-commit-config.yaml");
    assert!(hook.starts_with("repos:\n  # Finds"), "{hook}");

    folder.write(".pre-commit-config.yaml", "repos: [{repo: a}]\n");
    let run = folder.run(&["init", "--hook"]);
    run.exits(2);
    assert!(run.stderr.contains("add this to `repos`"), "{}", run.stderr);
    assert_eq!(folder.read(".pre-commit-config.yaml"), "repos: [{repo: a}]\n");
}

#[test]
fn init_looks_for_a_configuration_and_for_the_root() {
    let folder = Folder::with(&[("pyproject.toml", "[tool.requestlint]\nprovider = \"mimo\"\n")]);
    let run = folder.run(&["init"]);
    assert!(run.exits(2).stderr.contains("pyproject.toml holds a configuration"), "{}", run.stderr);
    let run = folder.run(&["init", "--hook"]);
    assert!(run.exits(0).stderr.contains("left pyproject.toml as it is"), "{}", run.stderr);
    assert!(!folder.path("requestlint.toml").exists());

    let folder = Folder::with(&[(".git/HEAD", "ref: refs/heads/main\n"), ("sub/a.json", GOOD)]);
    folder.run(&["init", "sub", "--hook", "--workflow"]).exits(0);
    assert!(folder.path("sub/requestlint.toml").exists());
    assert!(folder.path(".pre-commit-config.yaml").exists());
    assert!(folder.path(".github/workflows/requestlint.yml").exists());
}

#[test]
fn exclusions_hold_for_standard_input_where_they_are_forced() {
    let folder = Folder::with(&[("requestlint.toml", "exclude = [\"vendor/**\"]\n")]);
    let arguments = ["check", "-", "--stdin-filename", "vendor/x.json"];
    folder.run_on(&arguments, BAD).exits(1);
    folder.run_on(&[&arguments[..], &["--force-exclude"]].concat(), BAD).exits(0);
}

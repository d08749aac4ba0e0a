//! Several values in one text, and JSON in a string: each is looked at by itself, where it stands.

mod support;

use support::Folder;

/// The rule, the message and the underlined text of each finding in the one file of this name.
fn told(name: &str, text: &str) -> Vec<(String, String)> {
    let folder = Folder::with(&[(name, text)]);
    let report = folder.check(&["."]).json();
    let found = report["diagnostics"].as_array().expect("diagnostics").iter().map(|one| {
        let at = |edge: &str| one["span"][edge]["offset"].as_u64().expect("an offset") as usize;
        let rule = one["rule"].as_str().unwrap_or_default().to_owned();
        (rule, text[at("start")..at("end")].to_owned())
    });
    found.collect()
}

fn owned(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(rule, text)| ((*rule).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn keys_in_lines_are_keys_each() {
    let key = "sk-c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0";
    let other = key.replace("c8m2", "s1d4");
    let text = format!(
        r#"{{"base_url": "https://api.xiaomimimo.com", "key": "{key}\nBearer {other}\n"}}"#
    );
    let found = told("channel.json", &text);
    let bearer = format!("Bearer {other}");
    let bearer = bearer.as_str();
    let expected =
        [("hardcoded-api-key", key), ("hardcoded-api-key", bearer), ("malformed-api-key", bearer)];
    assert_eq!(found, owned(&expected));
}

#[test]
fn a_mapping_is_read_through_its_escapes_and_hides_what_it_maps() {
    let text = r#"{"base_url": "https://api.xiaomimimo.com", "models": "big,gpt-4o\u002cmimo-v2.6-por",
        "model_mapping": "{\n\t\"big\": \"mimo-v2.6-\u0066lahs\", \"gpt-4o\": \"mimo-v2.6-pro\"}"}"#;
    let expected = [("unknown-model", "mimo-v2.6-por"), ("unknown-model", r"mimo-v2.6-\u0066lahs")];
    assert_eq!(told("channel.json", text), owned(&expected));
}

#[test]
fn a_mapping_that_is_no_json_maps_nothing() {
    let text = r#"{"base_url": "https://api.xiaomimimo.com", "models": "mimo-v2.6-pro", "model_mapping": "none"}"#;
    assert_eq!(told("channel.json", text), []);
}

#[test]
fn a_list_of_models_in_a_variable_is_taken_apart_and_what_is_hidden_left_out() {
    let env = "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_MODEL_LIST=-mimo-v2.5,+mimo-v2.6-por=MiMo<1048576:fc>\n";
    assert_eq!(told(".env.example", env), owned(&[("unknown-model", "mimo-v2.6-por")]));
    let compose = "services:\n  app:\n    environment:\n      - MIMO_BASE_URL=https://api.xiaomimimo.com/v1\n      - \"MIMO_MODELS=mimo-v2.6-pro,mimo-v2.6-por\"\n";
    assert_eq!(told("compose.yaml", compose), owned(&[("unknown-model", "mimo-v2.6-por")]));
    let json =
        "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_MODELS=[\"mimo-x\", \"mimo-y\"]\n";
    assert_eq!(told(".env.example", json), [], "a list in another form is left alone");
}

#[test]
fn one_of_several_is_mended_where_it_stands() {
    let folder = Folder::with(&[(
        "channel.json",
        r#"{"base_url": "https://api.xiaomimimo.com", "models": "mimo-v2.5-pro,mimo-v2.5"}"#,
    )]);
    folder.check(&[".", "--fix", "--unsafe-fixes"]).exits(0);
    let fixed = folder.read("channel.json");
    assert!(fixed.contains(r#""mimo-v2.6-pro,mimo-v2.6-flash""#), "{fixed}");
}

#[test]
fn a_model_is_named_beside_the_url_without_what_the_urls_variable_begins_with() {
    let url = "OPENAI_BASE_URL=https://api.xiaomimimo.com/v1\n";
    let named = |text: &str| told(".env", &format!("{url}{text}"));
    assert_eq!(named("LLM_MODEL=MiMo-v2.6-pro\n"), owned(&[("unknown-model", "MiMo-v2.6-pro")]));
    assert_eq!(named("MODEL=mimo-v2.5-pro\n"), owned(&[("deprecated-model", "mimo-v2.5-pro")]));
    assert_eq!(named("HF_MODEL=XiaomiMiMo/MiMo-V2.5\nEMBEDDING_MODEL=bge-m3\n"), []);
    let of_another = "LLM_API_KEY=x1y2z3\nLLM_MODEL=mimo-v2.6-por\n";
    assert_eq!(named(of_another), [], "a key of its own may be another API's");
    let other = "GROQ_BASE_URL=https://api.groq.com/openai/v1\nLLM_MODEL=mimo-v2.6-por\n";
    assert_eq!(named(other), [], "which of the two is meant is not said");
}

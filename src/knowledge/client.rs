//! A tool that sends requests, as `schemas/clients/<id>.json` describes where its files keep what it sends.

use std::collections::BTreeMap;

use globset::GlobBuilder;
use serde::Deserialize;

use super::model::ModelKind;
use super::provider::Tags;
use super::reference::{self, Reference, Value as VariableValue};
use super::setting::{ClientSetting, OtherSetting};
use crate::extract::Syntax;

/// A tool, and where its files keep base URLs, keys, models and settings.
#[derive(Debug, Deserialize)]
pub struct Client {
    /// The name in outputs, such as `claude-code`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// Its files, as globs over paths with `/` between folders; of a fallback profile, none.
    #[serde(default)]
    pub files: Vec<String>,
    /// The syntax of its files where their names do not say it: `json`, `jsonc`, `json5`, `yaml`, `toml`, `env`.
    #[serde(default)]
    pub syntax: Option<Syntax>,
    /// Hidden files and folders that are walked for its sake.
    #[serde(default)]
    pub places: Vec<String>,
    /// The forms of a variable that it fills in, with `NAME` for the variable's name and `DEFAULT` for what
    /// stands in where it is not set. Another form is sent as it stands.
    #[serde(default)]
    pub expands: Vec<String>,
    /// What makes of the sign behind it one that begins no variable.
    #[serde(default)]
    pub escape: Option<String>,
    /// Whether a key that is written as a variable's name is read from that variable.
    #[serde(default)]
    pub bare_variables: bool,
    /// Where its files set variables themselves.
    #[serde(default)]
    pub variables: Vec<OwnVariables>,
    /// Names that it gives to models itself.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How its forms begin, where it refuses a file in which one begins and does not end.
    #[serde(default)]
    pub refuses_unclosed: Option<String>,
    /// How forms begin that it fills in with something that nothing is known of: a command's output, a
    /// file's content.
    #[serde(default)]
    pub fills: Vec<String>,
    /// Whether it hands its settings to programs that nothing is known of.
    #[serde(default)]
    pub is_generic: bool,
    /// Whether it passes on what other programs send, whatever the model is for.
    #[serde(default)]
    pub relays: bool,
    /// Texts that make it ask the person, in the place of a value.
    #[serde(default)]
    pub asks: Vec<String>,
    /// Whether its variables come from the process or a `.env` beside it, so that one that no file
    /// sets is worth a word.
    #[serde(default)]
    pub reads_environment: bool,
    /// Where its files keep what it sends.
    pub entries: Vec<ClientEntry>,
    /// Where its files hold files of others.
    #[serde(default)]
    pub embedded: Vec<Embedded>,
    /// Where that is known from.
    pub source: Tags,
    /// The day it was looked up, `YYYY-MM-DD`.
    pub verified: String,
}

/// Where a file holds a file of another tool: as a text, or as an object.
#[derive(Debug, Deserialize)]
pub struct Embedded {
    /// Pointer pattern from the document, or from one that is held in it.
    pub at: String,
    /// The path that it is read as; where there is none, the name that it stands under.
    #[serde(default)]
    pub file: Option<String>,
    /// Only where each of these settings, from the document's root, is one of its values.
    #[serde(default)]
    pub given: Vec<OtherSetting>,
}

/// Where a file sets variables: each counts where neither the process nor a file beside it sets it.
#[derive(Debug, Deserialize)]
pub struct OwnVariables {
    /// Pointer pattern from the document to an object of names and values.
    pub at: String,
}

/// A place in a tool's file that holds what one connection needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClientEntry {
    /// Pointer pattern to the value that holds it: `*` is any one step, a first `**` any depth, `a|b` either
    /// of two, `{}` in a step a part that all patterns of the entry share.
    pub at: String,
    /// Name of the member under which the objects around it hold more of the same: what it does not say itself
    /// counts as it stands there, the nearest first.
    pub inherits: Option<String>,
    /// Name of the member beside it that names environment files: what it does not say itself counts as they do.
    pub env_files: Option<String>,
    /// What must stand in the document, so that there is such an entry at all.
    pub only_where: Vec<Condition>,
    /// Whether what stands there is likely filled in before it is used.
    pub filled_in_later: bool,
    /// Whether steps are compared without regard to case.
    pub ignore_case: bool,
    /// Pointer from the entry to the name that others call it by, where that is not the name it stands under.
    pub named_by: Option<String>,
    /// Whether the entry counts only where its base URL, its key's variable or its key's own name says
    /// MiMo, and not for a model's sake.
    pub by_host_only: bool,
    /// What it speaks: `openai`, `anthropic` or `responses`.
    pub protocol: Option<String>,
    /// Where it says what it speaks.
    pub protocol_at: Vec<Choice>,
    /// What its models are asked for; where it is said, a model that is just listed is held to it too.
    pub purpose: Option<ModelKind>,
    /// Where it says what they are asked for.
    pub purpose_at: Vec<PurposeChoice>,
    /// What it speaks, by a word of the part that the names share.
    pub protocols: BTreeMap<String, String>,
    /// Parts of names that speak of one connection, each with the part that it goes with: a program may
    /// call its model `X_MODEL` and its base URL `X_PROVIDER_BASE_URL`.
    pub belongs: BTreeMap<String, String>,
    /// Parts of names that one tool alone reads, each with that tool's name for people.
    pub tools: BTreeMap<String, String>,
    /// Ends of a model's id that only what speaks this protocol takes off, where it is known what is spoken.
    pub suffix_protocols: BTreeMap<String, String>,
    /// Base URLs.
    pub url: Vec<Slot>,
    /// Whether the URL is that of a request, to which nothing is added.
    pub url_is_whole: bool,
    /// The setting of the entry that makes it so.
    pub url_is_whole_where: Option<OtherSetting>,
    /// Keys.
    pub key: Vec<Slot>,
    /// Names of variables that hold the key.
    pub key_variable: Vec<Slot>,
    /// Headers: objects of names and values.
    pub headers: Vec<Slot>,
    /// Ids of models.
    pub model: Vec<Slot>,
    /// Most tokens of an answer.
    pub output_limit: Vec<Slot>,
    /// Tokens of the context window.
    pub context_window: Vec<Slot>,
    /// What the model is said to take: `image`, `audio`, `video`, or `true` for images.
    pub input: Vec<Slot>,
    /// What it adds to a base URL, by protocol.
    pub appends: BTreeMap<String, String>,
    /// Forms of a base URL to which it adds something else; the first that fits.
    pub url_forms: Vec<UrlForm>,
    /// Settings that go out as fields of the request, as they stand.
    pub parameters: Vec<Parameter>,
    /// Providers that the tool brings itself, by id: their base URL. An id that ends with `/` is the
    /// beginning of a text.
    pub built_in: BTreeMap<String, String>,
    /// By id of such a provider, the variables that its key is read from where the entry gives none: those that the
    /// file sets itself, else those beside it.
    pub built_in_key: BTreeMap<String, Vec<String>>,
    /// The variables that its key is read from in any case, where it gives none.
    pub implied_key: Vec<String>,
    /// By id of such a provider, the variables that give it another base URL.
    pub built_in_url: BTreeMap<String, Vec<String>>,
    /// Keys in other files of the tool, where the entry gives none.
    pub key_file: Vec<KeyFile>,
    /// Where such an id stands.
    pub provider_id: Vec<Slot>,
    /// Whether a provider that the tool brings itself needs no entry: models elsewhere in the file name it.
    pub built_in_anywhere: bool,
    /// What makes the tool send what is refused, or try again what stays refused.
    pub settings: Vec<ClientSetting>,
}

/// Where a value stands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Slot {
    /// Pointer pattern from the entry; from the document where `root` is set.
    pub at: String,
    /// Whether `at` starts at the document's root.
    pub root: bool,
    /// Whether the last step's name is meant and not its value.
    pub key: bool,
    /// What the text must begin with, and is not part of it; `{key}` is the name under which the entry stands.
    pub prefix: Option<String>,
    /// What the text may begin with, and is not part of it.
    pub prefixes: Vec<String>,
    /// What the text may end with, and is not part of it.
    pub suffixes: Vec<String>,
    /// What the text may go on with, and is not part of it: from the first of these on it is left out.
    pub until: Vec<String>,
    /// What stands between several values in one text.
    pub separators: Vec<String>,
    /// How a value between separators begins that is not meant.
    pub skips: Vec<String>,
    /// Pointer from the document's root to the name of the entry that the value is for; it is no other's.
    pub chosen_by: Option<String>,
    /// Name of the member beside the value that names the entry that it is for; it goes before `chosen_by`.
    pub beside: Option<String>,
    /// Words of that member that name none: there, and where it is missing, `prefix` tells whose the value is.
    pub undecided: Vec<String>,
    /// Whether it counts only where a key or a model stands in the entry.
    pub accompanied: bool,
    /// Pattern from the entry, with `{}` for the text: where something stands there, that is meant instead.
    pub instead: Option<String>,
    /// Patterns from the document's root: what also stands there is meant there, and not here.
    pub not_among: Vec<String>,
    /// Whether it counts only where no slot before it leads anywhere: what all entries share.
    pub otherwise: bool,
    /// Whether the values are a list to choose from, and being in it sends nothing.
    pub listed: bool,
    /// What this slot alone speaks, where it is not what the entry does.
    pub protocol: Option<String>,
    /// Whether the text is base64 of what is meant.
    pub is_base64: bool,
}

/// A setting that goes out as a field of the request, as it stands.
#[derive(Debug, Deserialize)]
pub struct Parameter {
    /// Pointer pattern from the entry; from the document where `root` is set.
    pub at: String,
    /// Whether `at` starts at the document's root; then it is the entry's where one of its models stands beside it.
    #[serde(default)]
    pub root: bool,
    /// The field, where it has another name there.
    #[serde(default)]
    pub field: Option<String>,
}

/// A key in another file of the tool.
#[derive(Debug, Deserialize)]
pub struct KeyFile {
    /// The file, from the folder of the one that it goes with.
    pub path: String,
    /// Pointer from its root to the key.
    pub at: String,
    /// Pointer pattern from the entry to the switch that has the key taken from there.
    pub only_where: String,
}

/// What must stand in a document.
#[derive(Debug, Deserialize)]
pub struct Condition {
    /// Pointer from the document's root.
    pub at: String,
    /// The texts that will do; any, where there are none.
    #[serde(default)]
    pub is: Vec<String>,
}

/// A form of a base URL, and what the tool adds to one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UrlForm {
    /// What it ends with, and is not part of it.
    pub ends: Option<String>,
    /// Whether its path holds a version, such as `/v1`.
    pub versioned: bool,
    /// What is added, by protocol: an empty map where it is the URL of a request, `None` where it is not known.
    pub appends: Option<BTreeMap<String, String>>,
}

/// A value that names a protocol.
#[derive(Debug, Deserialize)]
pub struct Choice {
    /// Pointer pattern from the entry.
    pub at: String,
    /// Whether `at` starts at the document's root.
    #[serde(default)]
    pub root: bool,
    /// The protocol by the value's text; by its beginning, where a name ends with `/` or `:`.
    pub values: BTreeMap<String, String>,
}

/// A value that says what models are asked for.
#[derive(Debug, Deserialize)]
pub struct PurposeChoice {
    /// Pointer pattern from the entry.
    pub at: String,
    /// The purpose by the value's text.
    pub values: BTreeMap<String, ModelKind>,
}

impl Client {
    /// The first of its globs that is none, with what is wrong with it.
    #[must_use]
    pub fn faulty_glob(&self) -> Option<String> {
        self.files.iter().find_map(|file| {
            let error = GlobBuilder::new(file).literal_separator(true).build().err()?;
            Some(format!("bad glob `{file}`: {}", error.kind()))
        })
    }

    /// Whether a hidden file or folder of this name is walked for its sake.
    #[must_use]
    pub fn lives_in(&self, name: &str) -> bool {
        self.places.iter().any(|place| place == name)
    }

    /// Whether something is filled into `text` that nothing is known of.
    #[must_use]
    pub fn fills_in(&self, text: &str) -> bool {
        let begun = text.trim_start();
        self.fills.iter().any(|form| {
            let is_sign = matches!(form.as_str(), "!" | "@");
            if is_sign { begun.starts_with(form.as_str()) } else { text.contains(form.as_str()) }
        })
    }

    /// Whether it looks into the files of every tool that nothing more is known of.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        self.files.is_empty()
    }

    /// The variables in `text`, in the forms that this tool fills in.
    #[must_use]
    pub fn references<'t>(&self, text: &'t str) -> Vec<Reference<'t>> {
        reference::references(&self.expands, self.escape.as_deref(), text)
    }

    /// Whether a variable begins in `text` and does not end, and the tool refuses that.
    #[must_use]
    pub fn is_broken(&self, text: &str) -> bool {
        let Some(open) = self.refuses_unclosed.as_deref() else { return false };
        let known = self.references(text);
        let is_escaped = |at: usize| {
            let begin = |escape: &String| text[..at + 1].ends_with(escape.as_str());
            self.escape.as_ref().is_some_and(begin)
        };
        let mut begun = text.match_indices(open).map(|(at, _)| at);
        begun.any(|at| {
            !is_escaped(at)
                && !text[at..].contains('}')
                && !known.iter().any(|one| one.span.contains(&at))
        })
    }

    /// `text` with the value of each variable in its place; nothing where one is not known.
    #[must_use]
    pub fn filled(&self, text: &str, value: &dyn Fn(&str) -> VariableValue) -> Option<String> {
        reference::filled(&self.expands, self.escape.as_deref(), text, value)
    }

    /// Whether its variables come from the environment files beside its file, as far as one knows.
    #[must_use]
    pub fn takes_environment(&self) -> bool {
        self.reads_environment || self.is_fallback()
    }
}

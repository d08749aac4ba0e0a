//! Settings that are a text in another file: read as the file that they are, told where they stand.

use std::sync::Arc;

use super::lint::{Read, TextLint};
use super::suppression::Owner;
use crate::diagnostic::Span;
use crate::document::{Document, Kind, Node, SpanMap};
use crate::extract;
use crate::fix::{self, Site};
use crate::identify::{self, Context, Identified, Verdict};
use crate::knowledge::Client;
use crate::rules::{self, Finding};

/// How deep a file may lie in others.
const DEEPEST: usize = 4;

/// A string whose text is a file, and what it stands in.
pub(super) struct Around<'a> {
    /// What the document of the string stands in, where that is not the file.
    outer: Option<&'a Around<'a>>,
    /// The document of the string.
    site: Site<'a>,
    /// The string.
    node: Node<'a>,
    /// JSON Pointer to it from the file's root, through all that it stands in.
    pointer: String,
    map: &'a SpanMap,
}

impl<'a> Around<'a> {
    fn depth(&self) -> usize {
        1 + self.outer.map_or(0, Around::depth)
    }

    /// The document of the file.
    pub(super) fn outermost(&self) -> &Around<'a> {
        self.outer.map_or(self, Around::outermost)
    }

    /// The document that holds the string.
    pub(super) fn site(&self) -> Site<'a> {
        self.site
    }

    /// JSON Pointer to the string.
    pub(super) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The bytes of the string in the file.
    pub(super) fn span(&self) -> Span {
        let span = self.node.span();
        self.outer.map_or(span, |outer| outer.in_file(span))
    }

    /// Where in the file the bytes of `span` of the text stand.
    pub(super) fn in_file(&self, span: Span) -> Span {
        let span = self.map.to_file(span);
        self.outer.map_or(span, |outer| outer.in_file(span))
    }

    /// `finding` in the text, which `inner` has, with its bytes in the file.
    pub(super) fn outward(&self, mut finding: Finding, inner: &Site<'_>) -> Finding {
        finding.place.span = self.in_file(finding.place.span);
        finding.related.iter_mut().for_each(|related| related.span = self.in_file(related.span));
        finding.remedy = finding.remedy.and_then(|remedy| self.remedy(&remedy, inner));
        finding
    }

    fn remedy(&self, remedy: &fix::Remedy, inner: &Site<'_>) -> Option<fix::Remedy> {
        let here = fix::embedded(self.node, inner, remedy)?;
        self.outer.map_or(Some(here.clone()), |outer| outer.remedy(&here, &self.site))
    }
}

impl TextLint<'_> {
    /// Judges the settings in the texts that `document` holds, as the data of `carriers` says.
    pub(super) fn embedded(
        &mut self,
        document: &Document<'_>,
        syntax: extract::Syntax,
        carriers: &[Arc<Client>],
        outer: Option<&Around<'_>>,
    ) {
        let Some(root) = document.root().filter(|_| document.errors.is_empty()) else { return };
        if carriers.iter().all(|client| client.embedded.is_empty()) || self.rulings.context.is_line
        {
            return;
        }
        let texts = identify::embedded(root, carriers).into_iter();
        for text in texts.filter(|one| one.node.kind() == Kind::String && !one.node.is_hole()) {
            let catalog = self.rulings.context.catalog;
            let path = format!("/{}", text.file);
            let Some(inner_syntax) = catalog.syntax_of(&path) else { continue };
            let Some(map) = SpanMap::of_string(text.node) else { continue };
            let here = text.node.pointer_from(root);
            let around = Around {
                outer,
                site: Site::new(syntax, &document.tree, &document.comments),
                node: text.node,
                pointer: outer.map_or(here.clone(), |outer| format!("{}{here}", outer.pointer)),
                map: &map,
            };
            let clients = catalog.clients_of(&path);
            let context = Context {
                is_env: matches!(inner_syntax, extract::Syntax::Env | extract::Syntax::Envrc),
                clients: clients.clone(),
                ..self.rulings.context.clone()
            };
            let mut inside = carriers.to_vec();
            inside.extend(clients);
            extract::extract(inner_syntax, map.text(), &mut |inner| {
                if inner.template.is_some() {
                    return;
                }
                let comments: Vec<Span> =
                    inner.comments.iter().map(|comment| around.in_file(*comment)).collect();
                let (source, demands) = (Arc::clone(&self.source), self.rulings.require_reason);
                self.suppressions.read(&comments, document.index, false, &source, demands);
                self.settings(inner, inner_syntax, &context, &around, document.index);
                if around.depth() < DEEPEST {
                    self.embedded(inner, inner_syntax, &inside, Some(&around));
                }
            });
        }
    }

    /// Judges the settings in a text that stands in another.
    fn settings(
        &mut self,
        inner: &Document<'_>,
        syntax: extract::Syntax,
        context: &Context<'_>,
        around: &Around<'_>,
        index: usize,
    ) {
        let mut faults = rules::syntax_findings(inner, syntax);
        for identified in identify::settings(inner, context) {
            let Verdict::Judged { provider: Some(provider), evidence, .. } = &identified.verdict
            else {
                continue;
            };
            let Some(entry) = identified.entry.as_deref() else { continue };
            let mut secrets = inner.root().map(rules::secrets_by_name).unwrap_or_default();
            let found =
                self.rulings.check_setup(inner, context, entry, provider, evidence, &mut secrets);
            self.report.secrets.extend(secrets.into_iter().map(|span| around.in_file(span)));
            let root = inner.tree.node(identified.root);
            let holds = |finding: &Finding| rules::holds_in_part(inner, root, evidence, finding);
            let mut found: Vec<Finding> = found.into_iter().filter(holds).collect();
            // What keeps the text from being read is told once.
            found.extend(std::mem::take(&mut faults).into_iter().map(Finding::not_refused));
            let site = Site::new(syntax, &inner.tree, &inner.comments);
            let found = found.into_iter().map(|finding| around.outward(finding, &site)).collect();
            self.tell_embedded(inner, &identified, around, index, found);
        }
    }

    /// Adds settings in a text to the report, and what is found in them.
    fn tell_embedded(
        &mut self,
        inner: &Document<'_>,
        identified: &Identified,
        around: &Around<'_>,
        index: usize,
        found: Vec<Finding>,
    ) {
        let span = around.in_file(inner.tree.node(identified.root).span());
        let pointer = format!("{}{}", around.pointer(), identified.pointer);
        self.note(index, span, &pointer, identified.verdict.clone());
        if let (Some(entry), Some(noted)) = (&identified.entry, self.report.documents.last_mut()) {
            noted.client = Some(entry.client.id.clone());
        }
        let Verdict::Judged { provider, .. } = &identified.verdict else { return };
        let mut reference = self.reference(index, around.span(), identified);
        reference.pointer = rules::mask(around.pointer()).into_owned();
        if self.suppressions.has_any_in(index) {
            let elsewhere = identified
                .entry
                .as_deref()
                .map_or(&[][..], |entry| self.rulings.found_elsewhere(entry));
            let provider = provider.clone();
            self.suppressions
                .own(index, Owner { reference: reference.clone(), provider, elsewhere });
        }
        let site = Some(around.outermost().site());
        let read = Read { tree: &inner.tree, root: inner.root(), site };
        self.settle_as(&reference, read, provider.as_deref(), found);
    }
}

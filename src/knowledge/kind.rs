//! What a document can be.

use std::sync::Arc;

/// What a document is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A body for `/v1/chat/completions`.
    ChatCompletions,
    /// A body for `/anthropic/v1/messages`.
    Messages,
    /// A body for `/v1/responses`.
    Responses,
    /// A line of a batch file: `custom_id`, `method`, `url`, `body`.
    BatchLine,
    /// An error that the API answered, kept as a fixture.
    ErrorResponse,
    /// A tool's settings: where it sends requests, with which key, for which model.
    ClientConfig,
    /// Variables for a program's environment.
    EnvFile,
    /// A body for another path of an API, of which no schema is known, or which does not exist.
    OtherRequest,
    /// A body held to a JSON Schema that the user's configuration names.
    Custom(Arc<str>),
}

impl DocumentKind {
    /// The kinds that the product brings itself.
    pub const BUILT_IN: [DocumentKind; 7] = [
        DocumentKind::ChatCompletions,
        DocumentKind::Messages,
        DocumentKind::Responses,
        DocumentKind::BatchLine,
        DocumentKind::ErrorResponse,
        DocumentKind::ClientConfig,
        DocumentKind::EnvFile,
    ];

    /// The name used in outputs, in the configuration and as the name of a provider's schema file.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            DocumentKind::ChatCompletions => "chat-completions",
            DocumentKind::Messages => "messages",
            DocumentKind::Responses => "responses",
            DocumentKind::BatchLine => "batch-line",
            DocumentKind::ErrorResponse => "error-response",
            DocumentKind::ClientConfig => "client-config",
            DocumentKind::EnvFile => "env-file",
            DocumentKind::OtherRequest => "other-request",
            DocumentKind::Custom(name) => name,
        }
    }

    /// The built-in kind called `name`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::BUILT_IN.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a document of this kind is settings and no request.
    #[must_use]
    pub fn is_settings(&self) -> bool {
        matches!(self, DocumentKind::ClientConfig | DocumentKind::EnvFile)
    }

    /// Whether a document of this kind is a request body with a model in it.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(
            self,
            DocumentKind::ChatCompletions | DocumentKind::Messages | DocumentKind::Responses
        )
    }
}

impl std::fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

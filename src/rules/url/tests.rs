//! URLs, who is given them, and what comes of it.

use super::{AddressForm, Fault, Part, Usage, judge};
use crate::identify::Address;
use crate::knowledge::Catalog;

/// Who is given a URL.
#[derive(Debug, Clone, Copy)]
enum Who {
    /// A tool that speaks a protocol, and adds this to its base URL.
    Tool(&'static str, &'static str),
    /// A tool that speaks a protocol, and adds nothing.
    WholeTool(&'static str),
    /// A base URL under a name that says what its client speaks.
    Named(&'static str),
    /// A base URL under another name.
    Nameless,
    /// A request of a protocol.
    Request(&'static str),
    /// The base URL beside a request.
    BesideRequest(&'static str),
}

use Who::{BesideRequest, Named, Nameless, Request, Tool, WholeTool};

const CHAT: Who = Tool("openai", "/chat/completions");
const CLAUDE: Who = Tool("anthropic", "/v1/messages");
const AI_SDK: Who = Tool("anthropic", "/messages");
const NEW_API: Who = Tool("openai", "/v1/chat/completions");
const CODEX: Who = Tool("responses", "/responses");

fn told(url: &str, who: Who) -> Option<Fault> {
    let address = Address::parse(url)?;
    let (form, protocol, appends, client, is_strict) = match who {
        Tool(protocol, appends) => {
            (AddressForm::Base, Some(protocol), Some(appends), Some("the tool"), true)
        }
        WholeTool(protocol) => (AddressForm::Whole, Some(protocol), None, Some("the tool"), true),
        Named(protocol) => (AddressForm::Base, Some(protocol), None, None, true),
        Nameless => (AddressForm::Base, None, None, None, true),
        Request(protocol) => (AddressForm::Whole, Some(protocol), None, None, false),
        BesideRequest(protocol) => (AddressForm::Base, Some(protocol), None, None, false),
    };
    let usage = Usage { form, protocol, appends, client, is_strict };
    judge(Catalog::bundled(), &address, &usage)
}

const X: &str = "https://api.xiaomimimo.com";
const CN: &str = "https://token-plan-cn.xiaomimimo.com";

/// What the documentation gives to each, and what is sent to other hosts.
#[test]
fn what_is_right_is_silent() {
    for (url, who) in [
        ("https://api.xiaomimimo.com/v1", CHAT),
        ("https://api.xiaomimimo.com/v1/", CHAT),
        ("https://API.xiaomimimo.com.:443/v1", CHAT),
        ("https://user:pass@api.xiaomimimo.com/v1", CHAT),
        ("https://token-plan-sgp.xiaomimimo.com/v1", CHAT),
        ("https://api.mimo-v2.com/v1", CHAT),
        ("https://api.xiaomimimo.com/anthropic", CLAUDE),
        ("https://token-plan-ams.xiaomimimo.com/anthropic/", CLAUDE),
        ("https://api.mimo-v2.com/anthropic", CLAUDE),
        ("https://api.xiaomimimo.com/anthropic/v1", AI_SDK),
        ("https://api.xiaomimimo.com", NEW_API),
        ("https://token-plan-cn.xiaomimimo.com/v1", CODEX),
        ("https://api.xiaomimimo.com/v1/chat/completions", WholeTool("openai")),
        ("https://api.xiaomimimo.com/v1/responses", WholeTool("openai")),
        ("https://api.xiaomimimo.com/v1", Named("openai")),
        ("https://api.xiaomimimo.com/anthropic", Named("anthropic")),
        ("https://batch-api-cn.xiaomimimo.com/v1", Named("openai")),
        ("https://batch-api-sgp.xiaomimimo.com/v1", Nameless),
        ("https://api.xiaomimimo.com", Nameless),
        ("https://api.xiaomimimo.com/v1", Nameless),
        ("https://api.xiaomimimo.com/anthropic", Nameless),
        // Not documented, and in use: nobody can say that it is wrong.
        ("https://api.xiaomimimo.com/api/free-ai/openai", Nameless),
        ("https://api.xiaomimimo.com/api/free-ai/openai", Named("openai")),
        ("https://api.xiaomimimo.com/v1/chat/completions", Request("openai")),
        ("https://api.xiaomimimo.com/v1/chat/completions?a=1#b", Request("openai")),
        ("https://api.xiaomimimo.com/v1", BesideRequest("openai")),
        ("https://api.xiaomimimo.com", BesideRequest("openai")),
        ("https://api.mimo-v2.com/v1/audio/speech", Request("other")),
        ("https://batch-api-cn.xiaomimimo.com/v1/batches/b_1", Request("other")),
        ("https://api.xiaomimimo.com/${path}", Request("openai")),
        ("http://localhost:4000/v1/v1", CHAT),
        ("https://127.0.0.1/nothing", CLAUDE),
        ("https://openrouter.ai/api/v1/v1", CHAT),
        ("https://gateway.example.com/xiaomimimo.com/v1/v1", CHAT),
        ("https://api.xiaomimimo.com.example.org/v1/v1", CHAT),
        ("https://notxiaomimimo.org/v2", CHAT),
        ("https://{host}/v1/v1", CHAT),
        ("https://例え.xiaomimimo.jp/v1", CHAT),
        ("/v1/v1/chat/completions", Request("openai")),
        ("", CHAT),
    ] {
        assert_eq!(told(url, who), None, "{url} {who:?}");
    }
}

#[test]
fn a_base_url_that_misses_the_endpoint() {
    for (url, who, part_of_message, right) in [
        (X.to_owned(), CHAT, "lacks `/v1`", format!("{X}/v1")),
        (format!("{X}/"), CHAT, "lacks `/v1`", format!("{X}/v1")),
        (CN.to_owned(), CHAT, "lacks `/v1`", format!("{CN}/v1")),
        (
            "https://api.mimo-v2.com".to_owned(),
            CHAT,
            "lacks `/v1`",
            "https://api.mimo-v2.com/v1".to_owned(),
        ),
        (format!("{X}/v1/v1"), CHAT, "doubled", format!("{X}/v1")),
        (format!("{X}/v1/chat/completions"), CHAT, "URL of a request", format!("{X}/v1")),
        (format!("{X}/chat/completions"), CHAT, "URL of a request", format!("{X}/v1")),
        (format!("{X}/anthropic"), CHAT, "Anthropic protocol", format!("{X}/v1")),
        (format!("{X}/anthropic/v1"), CHAT, "Anthropic protocol", format!("{X}/v1")),
        (format!("{X}/v1/chat"), CHAT, "would call", format!("{X}/v1")),
        (format!("{CN}/v1"), CLAUDE, "OpenAI protocol", format!("{CN}/anthropic")),
        (format!("{CN}/v1/chat/completions"), CLAUDE, "OpenAI protocol", format!("{CN}/anthropic")),
        (X.to_owned(), CLAUDE, "lacks `/anthropic`", format!("{X}/anthropic")),
        (format!("{X}/anthropic/v1"), CLAUDE, "doubled", format!("{X}/anthropic")),
        (
            format!("{X}/anthropic/v1/messages"),
            CLAUDE,
            "URL of a request",
            format!("{X}/anthropic"),
        ),
        (format!("{X}/anthropic"), AI_SDK, "lacks `/v1`", format!("{X}/anthropic/v1")),
        (format!("{X}/v1"), NEW_API, "doubled", format!("{X}:")),
        (format!("{X}/anthropic"), CODEX, "Anthropic protocol", format!("{X}/v1")),
        (X.to_owned(), CODEX, "lacks `/v1`", format!("{X}/v1")),
        (format!("{X}:8443"), CHAT, "lacks `/v1`", format!("{X}:8443/v1")),
        ("https://u:p@API.XIAOMIMIMO.COM./v1/v1".to_owned(), CHAT, "doubled", format!("{X}/v1")),
        (
            "https://batch-api-cn.xiaomimimo.com/v1/chat".to_owned(),
            CHAT,
            "batches only",
            format!("{X}/v1"),
        ),
        (
            "https://batch-api-cn.xiaomimimo.com/v1".to_owned(),
            CHAT,
            "batches only",
            format!("{X}/v1"),
        ),
        (format!("{X}/v1"), Named("anthropic"), "OpenAI protocol", format!("{X}/anthropic")),
        (format!("{X}/anthropic/v1"), Named("anthropic"), "most clients", format!("{X}/anthropic")),
        (X.to_owned(), Named("anthropic"), "lacks `/anthropic`", format!("{X}/anthropic")),
        (X.to_owned(), Named("openai"), "lacks `/v1`", format!("{X}/v1")),
        (format!("{X}/anthropic"), Named("openai"), "Anthropic protocol", format!("{X}/v1")),
        (format!("{X}/v1/v1"), Nameless, "doubled", format!("{X}/v1")),
        (format!("{X}/anthropic/messages"), Nameless, "begins with", format!("{X}/anthropic")),
        (format!("{X}/chat/completions"), Nameless, "begins with", format!("{X}/v1")),
        (format!("{X}/v1/chat/completions"), Nameless, "name of a base URL", format!("{X}/v1")),
        (
            format!("{X}/anthropic/v1/messages"),
            Nameless,
            "name of a base URL",
            format!("{X}/anthropic"),
        ),
        (format!("{X}/v1/v1"), BesideRequest("openai"), "doubled", format!("{X}/v1")),
        (
            format!("{X}/v1"),
            BesideRequest("anthropic"),
            "OpenAI protocol",
            format!("{X}/anthropic"),
        ),
        (format!("{X}/v1"), WholeTool("openai"), "a base URL", format!("{X}/v1/chat/completions")),
        (
            format!("{X}/anthropic/v1/messages"),
            WholeTool("openai"),
            "Anthropic protocol",
            format!("{X}/v1/chat/completions"),
        ),
        (X.to_owned(), Request("openai"), "a base URL", format!("{X}/v1/chat/completions")),
        (
            format!("{X}/anthropic"),
            Request("anthropic"),
            "a base URL",
            format!("{X}/anthropic/v1/messages"),
        ),
        (
            format!("{X}/chat/completions"),
            Request("openai"),
            "lacks `/v1` before",
            format!("{X}/v1/chat/completions"),
        ),
        (
            format!("{X}/v1/v1/chat/completions"),
            Request("openai"),
            "doubled",
            format!("{X}/v1/chat/completions"),
        ),
        (
            format!("{X}/v1/messages"),
            Request("anthropic"),
            "lacks `/anthropic` before",
            format!("{X}/anthropic/v1/messages"),
        ),
        (
            format!("{X}/anthropic/messages"),
            Request("anthropic"),
            "no endpoint",
            format!("{X}/anthropic/v1/messages"),
        ),
        (
            "https://batch-api-cn.xiaomimimo.com/v1/chat/completions".to_owned(),
            Request("openai"),
            "does not serve",
            format!("{X}/v1/chat/completions"),
        ),
    ] {
        let fault = told(&url, who).unwrap_or_else(|| panic!("{url} {who:?}"));
        assert_eq!((fault.part, fault.is_firm), (Part::Base, true), "{url} {who:?} {fault:?}");
        assert!(fault.message.contains(part_of_message), "{url} {who:?}: {}", fault.message);
        // The whole of the URL stands in the help, and nothing more.
        let help = format!("{}: ", fault.help).replace("::", ":");
        let right = right.trim_end_matches(':');
        assert!(help.starts_with(&format!("write {right}:")), "{url} {who:?}: {help}");
    }
}

#[test]
fn a_host_or_a_path_that_is_not_there() {
    for (url, who, is_firm, help) in [
        ("https://api-ai.xiaomi.com/v1", CHAT, true, "write https://api.xiaomimimo.com/v1"),
        ("https://api.mimo.com/v1", Nameless, true, "write https://api.xiaomimimo.com/v1"),
        ("https://platform.xiaomimimo.com", CHAT, true, "write https://api.xiaomimimo.com/v1"),
        (
            "https://mimo.mi.com/anthropic",
            CLAUDE,
            true,
            "write https://api.xiaomimimo.com/anthropic",
        ),
        ("https://api.mimo.xiaomi.com/v1", CHAT, false, "write https://api.xiaomimimo.com/v1"),
        ("https://ams.api.mimo.xiaomi.com/v1", CHAT, false, "write https://api.xiaomimimo.com/v1"),
        (
            "https://token-plan-cn.xiaomimino.com/v1/v1",
            CHAT,
            true,
            "write https://token-plan-cn.xiaomimimo.com/v1",
        ),
        ("https://api.xiaomimomo.com/v1", CHAT, false, "write https://api.xiaomimimo.com/v1"),
        ("https://api.mimo-v3.com/v1", CHAT, false, "write https://api.mimo-v2.com/v1"),
        (
            "https://token-plan-us.xiaomimimo.com/v1",
            CHAT,
            false,
            "write https://token-plan-sgp.xiaomimimo.com/v1",
        ),
        (
            "https://token-plan-us.xiaomimimo.com",
            CLAUDE,
            false,
            "write https://token-plan-sgp.xiaomimimo.com/anthropic",
        ),
        (
            "https://tokenplan-cn.xiaomimimo.com/v1",
            CHAT,
            false,
            "write https://token-plan-cn.xiaomimimo.com/v1",
        ),
        ("https://www.mimo-v2.com/v1", CHAT, false, "write https://api.mimo-v2.com/v1"),
        (
            "https://token-plan-{region}.xiaomimimo.com/anthropic",
            CLAUDE,
            true,
            "write https://token-plan-cn.xiaomimimo.com/anthropic",
        ),
        (
            "https://token-plan-<REGION>.xiaomimimo.com/v1",
            CHAT,
            true,
            "write https://token-plan-cn.xiaomimimo.com/v1",
        ),
        (
            "https://api-ai.xiaomi.com/v1/chat/completions",
            Request("openai"),
            true,
            "write https://api.xiaomimimo.com/v1/chat/completions",
        ),
        (
            "https://api.xiaomimimo.com/v1/audio/speech",
            Request("other"),
            true,
            "POST https://api.xiaomimimo.com/v1/chat/completions with",
        ),
        (
            "https://api.xiaomimimo.com/v1/audio/transcriptions",
            Request("other"),
            true,
            "POST https://api.xiaomimimo.com/v1/chat/completions with",
        ),
        (
            "https://api.xiaomimimo.com/v1/embeddings",
            Request("other"),
            false,
            "there are no embeddings",
        ),
        (
            "https://api.xiaomimimo.com/v1/completions",
            Request("other"),
            false,
            "endpoints: /v1/chat/completions",
        ),
        (
            "https://api.xiaomimimo.com/api/v3/chat/completions",
            Request("openai"),
            false,
            "write https://api.xiaomimimo.com/v1/chat/completions",
        ),
        ("https://api.xiaomimimo.com/v2", CHAT, true, "write https://api.xiaomimimo.com/v1"),
        (
            "https://api.xiaomimimo.com/openai/v1",
            CODEX,
            true,
            "write https://api.xiaomimimo.com/v1",
        ),
        (
            "https://api.xiaomimimo.com/api/free-ai",
            CHAT,
            false,
            "write https://api.xiaomimimo.com/v1",
        ),
        ("https://api.xiaomimimo.com/V1", Nameless, false, "write https://api.xiaomimimo.com/v1"),
        (
            "https://api.xiaomimimo.com/api/v1",
            Nameless,
            false,
            "write https://api.xiaomimimo.com/v1",
        ),
        (
            "https://api.xiaomimimo.com/v1/chat",
            Nameless,
            false,
            "write https://api.xiaomimimo.com/v1",
        ),
        (
            "https://api.xiaomimimo.com/openai/v1",
            Named("openai"),
            false,
            "write https://api.xiaomimimo.com/v1",
        ),
        (
            "https://api.xiaomimimo.com/v1/chat",
            Named("openai"),
            false,
            "write https://api.xiaomimimo.com/v1",
        ),
        ("https://api.mimo-v2.com/v1", CODEX, false, "let the tool speak"),
    ] {
        let fault = told(url, who).unwrap_or_else(|| panic!("{url} {who:?}"));
        assert_eq!(
            (fault.part, fault.is_firm),
            (Part::Endpoint, is_firm),
            "{url} {who:?} {fault:?}"
        );
        assert!(fault.help.starts_with(help), "{url} {who:?}: {}", fault.help);
    }
}

#[test]
fn a_password_in_a_url_is_not_repeated() {
    let fault =
        told("https://user:geheim@api.xiaomimimo.com/v1/v1?key=geheim", CHAT).expect("a fault");
    assert!(!format!("{fault:?}").contains("geheim"), "{fault:?}");
}

proptest::proptest! {
    #[test]
    fn any_text_is_judged(
        text in "(https?://)?[a-z.@:<>é%$\\[\\]{}-]{0,12}(xiaomimimo\\.com|api\\.mimo-v2\\.com)?[.:0-9]{0,3}(/|v1|anthropic|messages|é|\\?|#|\\{){0,8}",
    ) {
        for who in [CHAT, CLAUDE, AI_SDK, NEW_API, CODEX, WholeTool("openai"), Named("anthropic"), Nameless, Request("openai"), BesideRequest("responses")] {
            let _ = told(&text, who);
        }
    }

    #[test]
    fn what_the_help_says_is_right(base in 0..3usize, steps in proptest::collection::vec(0..5usize, 0..4)) {
        let hosts = ["api.xiaomimimo.com", "token-plan-sgp.xiaomimimo.com", "api.mimo-v2.com"];
        let words = ["v1", "anthropic", "chat", "completions", "messages"];
        let path: String = steps.iter().map(|step| format!("/{}", words[*step])).collect();
        let url = format!("https://{}{path}", hosts[base]);
        for who in [CHAT, CLAUDE, AI_SDK, NEW_API, WholeTool("openai"), WholeTool("anthropic"), Named("openai"), Named("anthropic"), Nameless] {
            let Some(fault) = told(&url, who) else { continue };
            let Some(right) = fault.help.strip_prefix("write ") else { continue };
            let right = right.split(": ").next().unwrap_or(right);
            proptest::prop_assert_eq!(told(right, who), None, "{} {:?} {}", url, who, fault.help);
        }
    }
}

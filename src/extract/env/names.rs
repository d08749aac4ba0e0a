//! Which files hold variables of an environment.

/// Endings that tell another language, whatever stands before them: `.env.ts` is a program.
const OTHER: [&str; 19] = [
    "js", "mjs", "cjs", "ts", "mts", "cts", "tsx", "jsx", "py", "rb", "php", "go", "rs", "sh",
    "md", "yml", "yaml", "xml", "html",
];

/// What follows `env.` in the name of a file that shows how `.env` looks.
const KINDS: [&str; 12] = [
    "example",
    "sample",
    "template",
    "dist",
    "local",
    "default",
    "defaults",
    "dev",
    "development",
    "production",
    "staging",
    "test",
];

/// Whether a file of this name holds variables: `.env`, `.env.local`, `prod.env`, `env.example`,
/// `.envrc`, `.flaskenv`.
pub fn is_env_file(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if OTHER.contains(&extension) {
        return false;
    }
    is_script(&name)
        || name == ".flaskenv"
        || extension == "env"
        || name.starts_with(".env.")
        || name.starts_with(".env-")
        || name.starts_with(".env_")
        || name.contains(".env.")
        || name.strip_prefix("env.").is_some_and(|kind| KINDS.contains(&kind))
}

/// Whether a shell reads it.
pub fn is_script(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == ".envrc" || name.starts_with(".envrc.")
}

//! Reads the text that holds an error, whatever wrote it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Failure;

/// Most that is read, in bytes.
const MOST: u64 = 64 * 1024 * 1024;

/// The text at `path`, or on standard input where that is `-`. A pipe is read too, and bytes that are no
/// UTF-8 do no harm: what matters of an error is ASCII.
pub fn text(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let told = |error: io::Error| Failure::Told(format!("cannot read {shown}: {error}"));
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes).map_err(told)?;
    } else {
        let file = File::open(path).map_err(told)?;
        file.take(MOST + 1).read_to_end(&mut bytes).map_err(told)?;
    }
    if bytes.len() as u64 > MOST {
        let message = format!("{shown} is larger than {} MiB; cut out the error", MOST >> 20);
        return Err(Failure::Told(message));
    }
    Ok(decoded(&bytes))
}

/// What the bytes say: UTF-8, or the UTF-16 that some shells write.
fn decoded(bytes: &[u8]) -> String {
    let pairs = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => pairs(u16::from_le_bytes),
        [0xfe, 0xff, ..] => pairs(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn what_shells_write_is_read() {
        assert_eq!(decoded(b"\xff\xfeH\0i\0"), "Hi");
        assert_eq!(decoded(b"\xfe\xff\0H\0i\0"), "Hi");
        assert_eq!(decoded(b"\xff\xfe"), "");
        assert_eq!(decoded(b"a\xe9b"), "a\u{fffd}b");
    }
}

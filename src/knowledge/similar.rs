//! "Did you mean": the nearest of some known names.

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 128;

/// The name of `candidates` that `word` most likely is a slip of, or `None` where none is near.
///
/// Case and the signs between words do not count; up to a third of the letters (at most three) may
/// differ.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest_with_distance(word, candidates).map(|(candidate, _)| candidate)
}

/// As [`nearest`], with how many letters differ.
pub fn nearest_with_distance<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<(&'c str, usize)> {
    // No name is as long; to compare one would only take time.
    if word.len() > LONGEST {
        return None;
    }
    let plain = simplify(word);
    if plain.is_empty() {
        return None;
    }
    // Something must be left of the word: `y` is no slip of `n`.
    let letters = plain.chars().count();
    let allowed = (letters / 3).clamp(1, 3).min(letters - 1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&plain, &simplify(candidate)), candidate))
        .filter(|&(distance, candidate)| distance <= allowed && candidate != word)
        .min_by_key(|&(distance, candidate)| {
            (distance, strsim::damerau_levenshtein(word, candidate))
        })
        .map(|(distance, candidate)| (candidate, distance))
}

/// How many letters of one word differ from the other's.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    // To compare what differs by so much would only take time.
    let apart = one.len().abs_diff(other.len());
    if apart > 3 { apart } else { strsim::damerau_levenshtein(one, other) }
}

/// Whether two names differ in their case and the signs between their words alone.
#[must_use]
pub fn is_same_word(one: &str, other: &str) -> bool {
    simplify(one) == simplify(other)
}

fn simplify(word: &str) -> String {
    word.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let fields = ["max_tokens", "max_completion_tokens", "temperature", "n"];
        assert_eq!(nearest("temprature", fields), Some("temperature"));
        assert_eq!(nearest("maxTokens", fields), Some("max_tokens"));
        assert_eq!(nearest("metadata", fields), None);
        assert_eq!(nearest("m", fields), None);
        assert_eq!(nearest("N", fields), Some("n"));
        assert_eq!(nearest("__", fields), None);
    }
}

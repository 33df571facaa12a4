//! Which passwords may be chosen: long ones, of any composition, that nobody guesses first.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Shortest, in characters.
const SHORTEST: usize = 12;
/// Longest, in characters.
const LONGEST: usize = 256;
/// Fewest different characters.
const FEWEST_DIFFERENT: usize = 5;
/// Fewer characters than this besides a known word leave it as good as known.
const DRESSING: usize = 8;
/// The shortest part of an address that counts as the address.
const SHORTEST_NAME: usize = 4;

/// Rows of keyboards sold here, and the runs people count along.
const RUNS: [&str; 10] = [
    "0123456789012345678901234567890",
    "9876543210987654321098765432109",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcbazyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
    "azertyuiopqsdfghjklmwxcvbnazertyuiop",
    "poiuytrewqlkjhgfdsamnbvcxz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "1a2z3e4r5t6y7u8i9o0p",
];

/// Words that passwords are commonly made of, alone, repeated, or dressed with digits and signs.
const COMMON: &str = "\
    admin administrateur administrator amour automne avril azerty baseball batman bienvenue bonjour \
    bonsoir canada canadien canadiens cellule changeme changemoi changermoi changezmoi chocolat chouchou \
    computer coucou december decembre default demo demonstration doudou dragon ete february fevrier filet \
    football gatineau hiver hockey iloveyou intervention january janvier jetaime juillet juin laval letmein \
    longueuil loulou michael monkey monmotdepasse montreal motdepasse mypassword nouveau \
    nouveaumotdepasse novembre november october octobre ordinateur pass passe password police princess \
    princesse printemps quebec qwerty root secret september septembre sherbrooke soleil spring summer \
    sunshine superman temporaire test user utilisateur vacances welcome winter";

/// Why a password is refused when it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Under twelve characters.
    Short,
    /// Over 256 characters.
    Long,
    /// Among the first that anybody tries, or made of the person's own address.
    Guessable,
}

/// What is weak about a password chosen for the account with this address, if anything. No rule of
/// composition and no periodic change (NIST SP 800-63B-4): length, and not being guessed.
#[must_use]
pub fn weakness_of(password: &str, email: &str) -> Option<Weakness> {
    let length = password.nfc().count();
    if length < SHORTEST {
        return Some(Weakness::Short);
    }
    if length > LONGEST {
        return Some(Weakness::Long);
    }
    let folded = folded(password);
    (is_address(&folded, email) || is_common(&folded, password)).then_some(Weakness::Guessable)
}

/// Lower case, without accents, letters and digits only: the dressing that a guesser undoes first.
fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    plain.filter(|c| c.is_alphanumeric()).collect()
}

/// The address, or the part before the `@`, and little besides.
fn is_address(password: &str, email: &str) -> bool {
    let name = email.split('@').next().unwrap_or(email);
    [folded(email), folded(name)].iter().any(|part| {
        let besides = password.chars().count().saturating_sub(part.chars().count());
        part.chars().count() >= SHORTEST_NAME && password.contains(part.as_str()) && besides < DRESSING
    })
}

fn is_common(password: &str, typed: &str) -> bool {
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < FEWEST_DIFFERENT || RUNS.iter().any(|run| run.contains(unrepeated(password))) {
        return true;
    }
    let letters: String = password.chars().filter(|c| c.is_alphabetic()).collect();
    let bare = typed.trim_matches(|c: char| !c.is_alphabetic());
    let read = folded(&bare.chars().map(letter).collect::<String>());
    let length = password.chars().count();
    [&letters, &read].into_iter().any(|text| {
        let word = unrepeated(text);
        length.saturating_sub(text.chars().count()) < DRESSING
            && (COMMON.split_whitespace().any(|common| common == word)
                || word.chars().count() >= FEWEST_DIFFERENT && RUNS.iter().any(|run| run.contains(word)))
    })
}

/// The letter that a digit or a sign is put for.
const fn letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// The word, where the text is nothing but one word again and again.
fn unrepeated(text: &str) -> &str {
    (1..=text.len() / 2)
        .filter_map(|length| text.get(..length))
        .find(|word| text.split(word).all(str::is_empty))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMAIL: &str = "mireille.boisvert@escale.example";

    #[test]
    fn a_long_phrase_of_any_composition_may_be_set() {
        for password in [
            "une lampe au grenier",
            "trois chats noirs",
            "soleil 8392 7465 0193",
            "x9#Kq2!vLm8z",
            "éàçüñøßœæßþð",
            "mireille.boisvert et sa lampe au grenier",
        ] {
            assert_eq!(weakness_of(password, EMAIL), None, "{password}");
        }
    }

    #[test]
    fn under_twelve_characters_is_too_short_and_over_256_too_long() {
        assert_eq!(weakness_of("x9#Kq2!vLm8", EMAIL), Some(Weakness::Short));
        assert_eq!(weakness_of("", EMAIL), Some(Weakness::Short));
        let long: String = "une lampe au grenier ".chars().cycle().take(257).collect();
        assert_eq!(weakness_of(&long, EMAIL), Some(Weakness::Long));
        assert!(weakness_of(&format!("{}é", "à".repeat(11)), EMAIL) != Some(Weakness::Short));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for password in [
            "motdepasse123",
            "Mot de passe 2026!",
            "M0tD3P@sse2026",
            "password1234!",
            "P@$$w0rd1234",
            "Montréal2026!",
            "qwertyuiop12",
            "azertyuiop123",
            "1q2w3e4r5t6y",
            "123456789012",
            "abcdefghijkl",
            "bonjourbonjour",
            "aaaaaaaaaaaa",
            "abababababab",
            "!@#$%^&*()_+",
            "            ",
        ] {
            assert_eq!(weakness_of(password, EMAIL), Some(Weakness::Guessable), "{password}");
        }
    }

    #[test]
    fn the_address_dressed_up_is_refused() {
        for password in ["mireille.boisvert@escale.example", "MireilleBoisvert", "2026-mireille.boisvert!"] {
            assert_eq!(weakness_of(password, EMAIL), Some(Weakness::Guessable), "{password}");
        }
        assert_eq!(weakness_of("une lampe au grenier", ""), None);
    }
}

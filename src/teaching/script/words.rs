//! A line as words with their places. Four signs (`=`, `,`, `|` and `>`) are words of their own, with or without
//! spaces around them; `#` begins a comment that reaches to the end of the line.

/// The signs that are words by themselves.
const SIGNS: [char; 4] = ['=', ',', '|', '>'];

/// One word of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// The word.
    pub text: &'a str,
    /// The place of its first character in the line, from 1.
    pub column: u32,
}

/// The words of one line.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    /// The words, in order.
    pub list: Vec<Word<'a>>,
    /// The place just after the last word, from 1.
    pub end: u32,
    /// Whether a comment follows the words.
    pub comment: bool,
}

impl<'a> Words<'a> {
    /// The words of `line`.
    pub fn of(line: &'a str) -> Self {
        let mut words = Self { list: Vec::new(), end: 1, comment: false };
        let mut begun: Option<(usize, u32)> = None;
        let mut column = 0;
        for (byte, character) in line.char_indices() {
            column += 1;
            let sign = SIGNS.contains(&character);
            if sign || character == '#' || character.is_whitespace() {
                words.finish(line, &mut begun, byte, column);
            } else if begun.is_none() {
                begun = Some((byte, column));
            }
            if sign {
                words.finish(line, &mut Some((byte, column)), byte + 1, column + 1);
            }
            if character == '#' {
                words.comment = true;
                return words;
            }
        }
        words.finish(line, &mut begun, line.len(), column + 1);
        words
    }

    /// Ends the word that was begun, if any, before `byte` and `column`.
    fn finish(&mut self, line: &'a str, begun: &mut Option<(usize, u32)>, byte: usize, column: u32) {
        if let Some((from, start)) = begun.take() {
            self.list.push(Word { text: &line[from..byte], column: start });
            self.end = column;
        }
    }

    /// Takes away the last word if a cursor at the end of `line` still touches it; completion replaces it.
    pub fn split_unfinished(&mut self, line: &str) -> &'a str {
        let touched = line.chars().next_back().is_some_and(|last| !last.is_whitespace() && !SIGNS.contains(&last));
        if !touched {
            return "";
        }
        self.list.pop().map_or("", |word| word.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn check(line: &str, expected: &[(&str, u32)], end: u32) {
        let words = Words::of(line);
        let found: Vec<_> = words.list.iter().map(|word| (word.text, word.column)).collect();
        assert_eq!(found, expected, "{line:?}");
        assert_eq!(words.end, end, "{line:?}");
    }

    #[test]
    fn words_know_their_columns_in_characters() {
        check("", &[], 1);
        check(" \t ", &[], 1);
        check("crash  md-db-4\r", &[("crash", 1), ("md-db-4", 8)], 15);
        check(
            "\tlink latency=5µs,é x",
            &[("link", 2), ("latency", 7), ("=", 14), ("5µs", 15), (",", 18), ("é", 19), ("x", 21)],
            22,
        );
        check("cut a>b# c", &[("cut", 1), ("a", 5), (">", 6), ("b", 7)], 8);
        check("# all of it", &[], 1);
        check("a|", &[("a", 1), ("|", 2)], 3);
    }
}

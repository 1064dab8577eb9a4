package brimful.chunk.outline;

import java.util.Arrays;

/// The syntax of a brace language, as far as its definitions need it: its words and its marks.
final class Syntax {
  private static final int ASCII = 128;

  /// Words that open a statement, and so not a header.
  private static final String CONTROL =
      "if for while switch catch return else do try throw case assert";

  /// Words that continue a header on its next line.
  private static final String CONTINUES = "extends implements throws where with";

  /// The role of a word in a header.
  enum Role {
    NONE,
    /// Goes before a type's name: `class`.
    TYPE,
    /// Goes before a function's name: `fun`.
    FUNCTION,
    /// Is the function's name: `init`.
    SELF,
    /// Opens a statement: `if`.
    CONTROL,
    /// Makes an object, maybe with a body: `new`.
    NEW,
    /// Continues a header: `extends`.
    CONTINUES
  }

  /// A special syntax.
  enum Trait {
    /// `#` begins a comment.
    HASH_COMMENT,
    /// Block comments nest.
    NESTED_COMMENT,
    /// `'` encloses strings.
    QUOTE_STRING,
    /// Strings may span lines.
    LONG_STRING,
    /// `"""` encloses text.
    TRIPLE_QUOTE,
    /// `` `text ${code}` ``
    TEMPLATE,
    /// `` `text` `` without escapes
    RAW_BACKTICK,
    /// `` `a name` ``
    NAME_BACKTICK,
    /// `r#"text"#`
    RAW_HASH,
    /// `R"x(text)x"`
    RAW_PAREN,
    /// `@"text"`
    VERBATIM,
    /// `/expression/`
    REGEX,
    /// `<<<NAME`
    HEREDOC,
    /// Code stands between `<?` and `?>`, in text of another kind.
    EMBEDDED,
    /// `#if` and the like
    PREPROCESSOR,
    /// A line's end may end a statement.
    LINE_ENDS,
    /// `Type name(…) {` in types and on top is a function.
    TYPED_FUNCTION,
    /// `Type name(…);` is one too.
    BODILESS,
    /// `name(…) {` in types and object literals is a function.
    BARE_METHOD,
    /// `func (receiver) name(…)`
    RECEIVER,
    /// `func == (…)`
    OPERATOR_NAME
  }

  /// By the first character, all of which are ASCII.
  private final Word[][] words = new Word[ASCII][0];

  /// A bit for each trait.
  private int traits;

  private record Word(String text, Role role) {}

  /// @param types the words before a type's name, separated by blanks
  /// @param functions the words before a function's name; one that is the name itself ends with `!`
  Syntax(String types, String functions, Trait... traits) {
    for (Trait trait : traits) {
      this.traits |= 1 << trait.ordinal();
    }
    add(types, Role.TYPE);
    add(functions, Role.FUNCTION);
    add("new", Role.NEW);
    add(CONTINUES, Role.CONTINUES);
    add(CONTROL, Role.CONTROL);
  }

  boolean has(Trait trait) {
    return (traits & 1 << trait.ordinal()) != 0;
  }

  /// Returns the role of the word between two offsets.
  Role role(String text, int start, int end) {
    char first = text.charAt(start);
    if (first < ASCII) {
      for (Word word : words[first]) {
        if (word.text.length() == end - start && text.startsWith(word.text, start)) {
          return word.role;
        }
      }
    }
    return Role.NONE;
  }

  private void add(String blankSeparated, Role role) {
    for (String word : blankSeparated.split(" ", -1)) {
      if (word.endsWith("!")) {
        String self = word.substring(0, word.length() - 1);
        add(new Word(self, Role.SELF));
      } else if (!word.isEmpty()) {
        add(new Word(word, role));
      }
    }
  }

  private void add(Word word) {
    Word[] known = words[word.text.charAt(0)];
    Word[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = word;
    words[word.text.charAt(0)] = more;
  }
}

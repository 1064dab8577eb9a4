package brimful.secret;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Values that stand where a secret would be.
final class Placeholders {
  private static final List<String> EXAMPLES = List.of("example", "xxxxx", "00000000", "*****");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "^[<\\[{(%$@&#].*|.*(?:\\$\\{|\\{\\{|\\$\\(|%\\(|<%|\\.\\.\\.|\\[secret: ).*");

  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "null",
          "none",
          "nil",
          "undefined",
          "password",
          "passwd",
          "pass",
          "secret",
          "token",
          "test",
          "root",
          "admin",
          "user",
          "default",
          "postgres",
          "mysql",
          "guest",
          "empty",
          "required",
          "optional",
          "string",
          "value",
          "redacted");

  private static final List<String> PARTS =
      List.of(
          "change",
          "placeholder",
          "your",
          "dummy",
          "sample",
          "insert",
          "replace",
          "fake",
          "todo",
          "123456",
          "abcdef",
          "foobar",
          "my-secret",
          "my_secret",
          "mysecret",
          "mypassword",
          "xxxx",
          "testing",
          "lorem");

  private Placeholders() {}

  /// Returns whether a value in the right format is an example in somebody's manual.
  static boolean isExample(String value) {
    String folded = Folded.text(value);
    return EXAMPLES.stream().anyMatch(folded::contains);
  }

  /// Returns whether a value of any format refers to a secret, or says that one belongs here.
  static boolean isPlaceholder(String value) {
    return REFERENCE.matcher(value).matches() || isWord(value);
  }

  /// Returns whether a value has a word that says that a secret belongs here.
  static boolean isWord(String value) {
    String folded = Folded.text(value);
    return isExample(value) || WORDS.contains(folded) || PARTS.stream().anyMatch(folded::contains);
  }
}

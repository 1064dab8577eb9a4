package brimful.rank;

/// What the order of chunks and documents is made from, each of which can be left out.
public enum Signal {
  /// Whole documents are scored beside their best chunks.
  WHOLE_FILES,
  /// The words of the question are the parts of a file's name.
  FILE_NAMES,
  /// Files that the question names, by path, stack frame or module.
  NAMED_FILES,
  /// Files that define the symbols in the question.
  SYMBOLS,
  /// Files that the best ones import.
  IMPORTS,
  /// Words such as `the` and `does` count little in a question.
  FUNCTION_WORDS,
  /// The title of a report counts more than the rest of it.
  TITLE,
  /// Headings of issue templates are left out.
  BOILERPLATE,
  /// Tests, examples and generated files count less than code.
  PATH_KINDS,
  /// A chunk shares in its neighbours' scores.
  NEIGHBOURS
}

package brimful.rank;

/// The signals behind a ranking, each of which can be switched off.
public enum Signal {
  /// Whole documents are scored besides their best chunks.
  WHOLE_FILES,
  /// The question says a file's name.
  FILE_NAMES,
  /// The question says a name that code defines.
  DEFINED_NAMES,
  /// Many chunks of a code file match.
  ALL_CHUNKS,
  /// The question asks about a side of a project whose files have conventional names.
  ASPECTS,
  /// The question names files, by path, stack frame or module.
  NAMED_FILES,
  /// Files define the symbols in the question.
  SYMBOLS,
  /// The best files import others.
  IMPORTS,
  /// Other forms of a short question's words match, in its language.
  WORD_FORMS,
  /// Unknown words of a question are read as the known ones that they are nearly.
  SPELLING,
  /// Of documents that are nearly the same, the best counts.
  FAMILIES,
  /// Words such as `the` and `does` count little in a question.
  FUNCTION_WORDS,
  /// The title of a report counts more than the rest of it.
  TITLE,
  /// Headings of issue templates are left out.
  BOILERPLATE,
  /// Tests, examples and generated files count less than code.
  PATH_KINDS,
  /// A chunk shares in its neighbours' scores.
  NEIGHBOURS,
  /// Turns of speakers whom the question names count more than those of others.
  SPEAKERS,
  /// Turns of the time that the question asks about count more than others.
  TIMES,
  /// Pages that hold the financial statements which the question asks for come first, and whole.
  STATEMENTS,
  /// Texts say what the images that they show are about.
  CAPTIONS
}

package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;

/// The state of a block between braces while it is read, and of the current statement.
final class BraceBlock {
  /// The content of a block, which decides what can be defined in it.
  enum Body {
    /// Members of a type, of a namespace or of the file.
    MEMBERS,
    /// Entries of an object literal.
    ENTRIES,
    /// Statements.
    CODE
  }

  /// The definition whose body this is.
  final DefinitionStart owner;

  final Body body;

  /// How far the statement that opened it is indented, in columns.
  final int indent;

  /// How many round and square brackets are open in it.
  int brackets;

  /// A definition whose header was read and whose body or end is still missing.
  DefinitionStart pending = DefinitionStart.NONE;

  /// Whether the pending one is a property, which counts only with a body.
  boolean pendingProperty;

  /// How many brackets were open where the pending one began.
  int pendingBrackets;

  // The statement.

  /// The line it starts on, or -1 before its first token.
  int line = -1;

  /// The line of the last token before it.
  int lineBefore = -1;

  /// The name in `name(…)` or `name =`, as offsets; the first such in the statement.
  int callStart = -1;

  int callEnd = -1;
  int callLine = -1;

  /// Whether a type or the like stands before the name.
  boolean callTyped;

  int valueStart = -1;
  int valueEnd = -1;
  int valueLine = -1;

  boolean assigned;
  boolean arrow;
  boolean opensMembers;

  /// A bit for each number of open brackets at which `new` was read.
  private long news;

  boolean controls;

  BraceBlock(DefinitionStart owner, Body body, int indent) {
    this.owner = owner;
    this.body = body;
    this.indent = indent;
  }

  void noteNew() {
    news |= 1L << Math.min(brackets, Long.SIZE - 1);
  }

  /// Returns whether `new` was read among the brackets that are open now.
  boolean makesObject() {
    return (news & 1L << Math.min(brackets, Long.SIZE - 1)) != 0;
  }

  void closeBracket() {
    brackets = Math.max(0, brackets - 1);
    news &= brackets < Long.SIZE - 2 ? (1L << (brackets + 1)) - 1 : -1L;
  }

  boolean inStatement() {
    return brackets == 0;
  }

  boolean calls() {
    return callStart >= 0;
  }

  /// Returns the header that the statement's `name(…)` is.
  DefinitionStart callHeader(String text) {
    return new DefinitionStart(
        text.substring(callStart, callEnd), Kind.FUNCTION, "", line, callLine, callStart);
  }

  /// Returns a header with the name before the statement's `:` or `=`.
  DefinitionStart valueHeader(String text, Kind kind) {
    int first = kind == Kind.CONSTANT ? valueLine : Math.max(0, line);
    return new DefinitionStart(
        text.substring(valueStart, valueEnd), kind, "", first, valueLine, valueStart);
  }

  boolean hasValueName() {
    return valueStart >= 0;
  }

  /// Forgets the statement; the pending definition stays.
  void endStatement(int lastLine) {
    line = -1;
    lineBefore = lastLine;
    callStart = -1;
    valueStart = -1;
    callTyped = false;
    assigned = false;
    arrow = false;
    opensMembers = false;
    news = 0;
    controls = false;
  }
}

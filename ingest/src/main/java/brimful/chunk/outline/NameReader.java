package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import brimful.chunk.outline.Syntax.Role;
import brimful.chunk.outline.Syntax.Trait;

/// Reads the name after a word such as `class` or `fun`, until it is certain.
final class NameReader {
  /// The effect of a token.
  enum Step {
    /// It belongs to the name and needs no further handling.
    TAKEN,
    /// The name was complete before it.
    NAMED,
    /// There is no name: an anonymous type or function.
    NAMELESS
  }

  /// What an operator can consist of.
  private static final String OPERATORS = "=<>!+-*/%&|^~?.";

  private final Syntax syntax;
  private final String text;
  private Role role = Role.NONE;
  private String label = "";
  private int nameStart = -1;
  private int nameEnd = -1;
  private int line;
  private int angles;
  private int receiverBrackets;
  private boolean afterReceiver;
  private boolean operator;

  NameReader(String text, Syntax syntax) {
    this.text = text;
    this.syntax = syntax;
  }

  boolean active() {
    return role != Role.NONE;
  }

  Role role() {
    return role;
  }

  /// Returns whether the name is that of a property, which counts only with a body.
  boolean property() {
    return isProperty(label);
  }

  static boolean isProperty(String word) {
    return word.equals("var") || word.equals("let");
  }

  /// Returns the header that was read.
  ///
  /// @param first the line its statement starts on
  DefinitionStart header(int first) {
    String name = text.substring(nameStart, nameEnd).replace("`", "");
    boolean type = role == Role.TYPE;
    String word = type && !name.isEmpty() ? label : "";
    return new DefinitionStart(
        name, type ? Kind.TYPE : Kind.FUNCTION, word, Math.min(first, line), line, nameStart);
  }

  void begin(Role newRole, BraceLexer lexer) {
    role = newRole;
    label = text.substring(lexer.start(), lexer.end());
    line = lexer.line();
    nameStart = -1;
    angles = 0;
    receiverBrackets = 0;
    afterReceiver = false;
    operator = false;
    if (newRole == Role.SELF || label.equals("impl")) {
      nameStart = lexer.start();
      nameEnd = newRole == Role.SELF ? lexer.end() : lexer.start();
    }
  }

  void end() {
    role = Role.NONE;
  }

  Step step(int token, BraceLexer lexer) {
    return switch (role) {
      case TYPE -> type(token, lexer);
      case SELF -> "(<?!{".indexOf(token) >= 0 ? Step.NAMED : Step.NAMELESS;
      default -> function(token, lexer);
    };
  }

  private Step type(int token, BraceLexer lexer) {
    if (label.equals("impl")) {
      return Step.NAMED;
    }
    if (token == (label.equals("namespace") ? '\\' : label.equals("extension") ? '.' : 0)) {
      nameStart = -1;
      return Step.TAKEN;
    }
    if (token == BraceLexer.WORD) {
      Role next = syntax.role(text, lexer.start(), lexer.end());
      if (nameStart < 0 && (next == Role.TYPE || next == Role.FUNCTION)) {
        begin(next, lexer);
        return Step.TAKEN;
      }
      if (nameStart < 0
          ? next == Role.NONE
          : isMacro() && !text.startsWith("final", lexer.start())) {
        take(lexer);
        return Step.TAKEN;
      }
    }
    boolean wrong =
        switch (label) {
          case "record" -> token != '(' && token != '<';
          case "type" -> "=<{@[".indexOf(token) < 0 && token != BraceLexer.WORD;
          default -> false;
        };
    return nameStart < 0 || wrong ? Step.NAMELESS : Step.NAMED;
  }

  private Step function(int token, BraceLexer lexer) {
    if (receiverBrackets > 0) {
      receiverBrackets += token == '(' ? 1 : token == ')' ? -1 : 0;
      return Step.TAKEN;
    }
    if (nameStart >= 0 && lexer.opensLine() && token == BraceLexer.WORD) {
      return Step.NAMED;
    }
    if (inOperator(token, lexer)) {
      nameStart = operator ? nameStart : lexer.start();
      operator = true;
      nameEnd = lexer.end();
      return Step.TAKEN;
    }
    return switch (token) {
      case BraceLexer.WORD -> {
        boolean type =
            !syntax.has(Trait.EMBEDDED)
                && syntax.role(text, lexer.start(), lexer.end()) == Role.TYPE;
        if (nameStart < 0 && type) {
          begin(Role.TYPE, lexer);
        } else if (angles == 0) {
          take(lexer);
        }
        yield Step.TAKEN;
      }
      case '<', '>' -> {
        angles = Math.max(0, angles + (token == '<' ? 1 : -1));
        yield Step.TAKEN;
      }
      case '.', '?', '*', '&' -> Step.TAKEN;
      case '(' -> {
        if (nameStart < 0 && !afterReceiver && syntax.has(Trait.RECEIVER)) {
          afterReceiver = true;
          receiverBrackets = 1;
          yield Step.TAKEN;
        }
        yield nameStart < 0 ? Step.NAMELESS : Step.NAMED;
      }
      default -> {
        boolean generic = angles > 0 && ",:&[]".indexOf(token) >= 0;
        boolean result = afterReceiver && token != '[';
        yield generic ? Step.TAKEN : nameStart < 0 || result ? Step.NAMELESS : Step.NAMED;
      }
    };
  }

  private boolean inOperator(int token, BraceLexer lexer) {
    return syntax.has(Trait.OPERATOR_NAME)
        && token > 0
        && OPERATORS.indexOf(token) >= 0
        && (operator ? lexer.start() == nameEnd : nameStart < 0);
  }

  /// In C, `class EXPORT Name` puts a macro before the name.
  private boolean isMacro() {
    return syntax.has(Trait.PREPROCESSOR)
        && text.substring(nameStart, nameEnd).chars().noneMatch(Character::isLowerCase);
  }

  private void take(BraceLexer lexer) {
    nameStart = lexer.start();
    nameEnd = lexer.end();
    line = lexer.line();
  }
}

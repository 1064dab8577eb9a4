package brimful.chunk.outline;

import static brimful.chunk.outline.BraceLexer.LITERAL;
import static brimful.chunk.outline.BraceLexer.WORD;

import brimful.chunk.outline.BraceBlock.Body;
import brimful.chunk.outline.Definition.Kind;
import brimful.chunk.outline.Syntax.Role;
import brimful.chunk.outline.Syntax.Trait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// One pass over a text with braces.
///
/// Long because every rule here reads and writes the same state: the last two tokens and the
/// enclosing block.
final class BraceParse {
  /// A line continues after these tokens.
  private static final String OPEN_ENDED = ",(=+-*/%&|<[.:?!";

  /// How many blocks outwards a missing brace is searched for.
  private static final int UNCLOSED_MAX = 64;

  /// A line also continues before these.
  private static final String GOES_ON = "{.:?=|&)],>+*/%";

  private final Lines lines;
  private final String text;
  private final Syntax syntax;
  private final BraceLexer lexer;
  private final Nesting nesting;
  private final NameReader nameReader;
  private final Deque<BraceBlock> outer = new ArrayDeque<>();
  private BraceBlock block = new BraceBlock(DefinitionStart.NONE, Body.MEMBERS, -1);
  private int token = BraceLexer.END;
  private int last = BraceLexer.END;
  private int lastButOne = BraceLexer.END;
  private Role lastRole = Role.NONE;
  private int lastStart;
  private int lastEnd;
  private int lastLine;
  private boolean annotation;

  /// Returns whether what precedes the last word can be a type.
  private boolean typeBeforeLast;

  BraceParse(Lines lines, Syntax syntax) {
    this.lines = lines;
    this.text = lines.text();
    this.syntax = syntax;
    this.lexer = new BraceLexer(lines, syntax);
    this.nesting = new Nesting(lines);
    this.nameReader = new NameReader(text, syntax);
  }

  List<Definition> definitions() {
    for (token = lexer.next(); token != BraceLexer.END; token = lexer.next()) {
      Role role = token == WORD ? syntax.role(text, lexer.start(), lexer.end()) : Role.NONE;
      if (syntax.has(Trait.LINE_ENDS) && lexer.opensLine() && !nameReader.active()) {
        lineBreak(role);
      }
      if (block.line < 0 && token != '}' && token != ';') {
        block.line = lexer.line();
      }
      if (!nameReader.active() || !named()) {
        step(role);
      }
      remember(role);
    }
    while (!outer.isEmpty()) {
      close();
    }
    endPending(lastLine);
    return nesting.nested();
  }

  private void remember(Role role) {
    annotation = token == '@' || (annotation && (token == '.' || (token == WORD && last != WORD)));
    typeBeforeLast =
        (last == WORD && lastRole != Role.CONTROL && lastRole != Role.NEW && !wasAnnotation())
            || ">]*&?~".indexOf(last) >= 0
            || (last == ':' && lastButOne == ':');
    lastButOne = last;
    last = token;
    lastRole = role;
    lastStart = lexer.start();
    lastEnd = lexer.end();
    lastLine = lexer.line();
  }

  private boolean wasAnnotation() {
    return lastStart > 0 && text.charAt(lastStart - 1) == '@';
  }

  /// Ends the statement with the line, unless either side of the break continues it.
  private void lineBreak(Role role) {
    boolean open = last >= 0 && OPEN_ENDED.indexOf(last) >= 0;
    boolean goesOn = (token >= 0 && GOES_ON.indexOf(token) >= 0) || role == Role.CONTINUES;
    if (block.inStatement() && !open && !goesOn && !annotationsOnly()) {
      if (block.pending.isPresent()
          && lines.indent(lexer.line()) <= lines.indent(block.pending.firstLine())) {
        endPending(lastLine);
      }
      block.endStatement(lastLine);
    }
  }

  /// Returns whether the statement so far consists of annotations, which belong to what follows.
  private boolean annotationsOnly() {
    return block.line > block.pending.line()
        && text.startsWith("@", lines.firstInk(block.line))
        && (annotation || last == ')')
        && !block.calls()
        && !block.assigned;
  }

  /// Returns whether the token was part of a name.
  private boolean named() {
    NameReader.Step step = nameReader.step(token, lexer);
    if (step == NameReader.Step.TAKEN) {
      return true;
    }
    boolean valueNamed =
        nameReader.role() == Role.FUNCTION && block.hasValueName() && block.inStatement();
    if (step == NameReader.Step.NAMED) {
      expect(nameReader.header(Math.max(0, block.line)));
    } else if (valueNamed) {
      expect(block.valueHeader(text, Kind.FUNCTION));
    } else if (nameReader.role() == Role.TYPE) {
      if (block.pending.line() < block.line) {
        endPending(block.lineBefore);
      }
      block.opensMembers = true;
    }
    nameReader.end();
    return false;
  }

  private void expect(DefinitionStart definitionStart) {
    leaveUnclosed(definitionStart.firstLine());
    endPending(Math.max(block.lineBefore, block.pending.line()));
    block.pending = definitionStart;
    block.pendingProperty = nameReader.property();
    block.pendingBrackets = block.brackets;
  }

  /// Leaves blocks whose closing brace is missing.
  ///
  /// A definition indented no deeper than the function that seems to contain it shows that the
  /// function has ended.
  private void leaveUnclosed(int line) {
    int indent = lines.indent(line);
    int leave = 0;
    int depth = 0;
    BraceBlock at = block;
    for (BraceBlock around : outer) {
      boolean function = at.owner.kind() == Kind.FUNCTION;
      if (at.owner.kind() == Kind.TYPE || ++depth > UNCLOSED_MAX) {
        break;
      }
      if (function && at.owner.line() < line && indent <= at.indent) {
        leave = depth;
      }
      at = around;
    }
    for (; leave > 0; leave--) {
      if (block.owner.isPresent()) {
        nesting.add(block.owner, line - 1);
      }
      block = outer.pop();
      block.brackets = 0;
      block.endStatement(line - 1);
      block.line = line;
    }
  }

  private void endPending(int line) {
    if (block.pending.isPresent()) {
      endPendingTo(lines.end(Math.max(line, block.pending.line())));
    }
  }

  private void endPendingTo(int offset) {
    if (!block.pendingProperty) {
      nesting.addTo(block.pending, offset);
    }
    block.pending = DefinitionStart.NONE;
  }

  private void step(Role role) {
    switch (token) {
      case WORD -> word(role);
      case '(', '[' -> {
        if (token == '(') {
          call();
        }
        block.brackets++;
      }
      case ')', ']' -> block.closeBracket();
      case '{' -> open();
      case '}' -> close();
      case ';' -> semicolon();
      case '=' -> assign();
      case ':' -> value();
      case '>' -> block.arrow |= last == '=';
      case ',' -> {
        if (block.body == Body.ENTRIES && block.inStatement()) {
          block.endStatement(lastLine);
        }
      }
      default -> {}
    }
  }

  private void word(Role role) {
    boolean member = last == '.' || (last == ':' && lastButOne == ':');
    switch (member ? Role.NONE : role) {
      case TYPE -> {
        boolean inside = last >= 0 && ":(&,<*".indexOf(last) >= 0;
        if (!inside && !(last == '>' && lastButOne == '-') && !imports()) {
          nameReader.begin(role, lexer);
        }
      }
      case FUNCTION, SELF -> {
        if (!imports() && !isVariable()) {
          nameReader.begin(role, lexer);
        }
      }
      case NEW -> block.noteNew();
      case CONTROL -> block.controls |= block.inStatement() && !block.calls();
      default -> {}
    }
  }

  /// Returns whether `var` or `let` declares something else than a member of a type or a file.
  private boolean isVariable() {
    return NameReader.isProperty(text.substring(lexer.start(), lexer.end()))
        && (block.body != Body.MEMBERS || !block.inStatement());
  }

  /// Returns whether the last word makes a name of elsewhere known: `use function`, `import func`.
  private boolean imports() {
    return last == WORD && List.of("use", "import").contains(text.substring(lastStart, lastEnd));
  }

  /// Notes the first `name(` of a statement.
  private void call() {
    boolean name = last == WORD && lastRole != Role.CONTROL && lastRole != Role.NEW && !annotation;
    if (name && block.inStatement() && !block.calls() && !block.assigned && lastButOne != '.') {
      block.callStart = lastStart;
      block.callEnd = lastEnd;
      block.callLine = lastLine;
      block.callTyped = typeBeforeLast;
    }
  }

  /// Notes the name before `:` or `=`; what stands before PHP's `:` is no name.
  private void value() {
    boolean names = last == WORD && (token == '=' || !syntax.has(Trait.EMBEDDED));
    if (names && block.inStatement() && !block.assigned && !block.hasValueName()) {
      block.valueStart = lastStart;
      block.valueEnd = lastEnd;
      block.valueLine = lastLine;
    }
  }

  private void assign() {
    if (text.startsWith("=", lexer.end()) || text.startsWith(">", lexer.end())) {
      return;
    }
    value();
    if (syntax.has(Trait.PREPROCESSOR) && block.inStatement()) {
      block.pending = DefinitionStart.NONE;
    }
    boolean first = block.inStatement() && !block.assigned && "=!<>".indexOf(last) < 0;
    if (first && block.body == Body.MEMBERS && block.hasValueName() && !block.pending.isPresent()) {
      DefinitionStart value = block.valueHeader(text, Kind.CONSTANT);
      if (isConstant(value.name())) {
        nesting.addTo(value, block.valueEnd);
      }
    }
    block.assigned |= block.inStatement();
  }

  private static boolean isConstant(String name) {
    return name.length() > 1
        && name.chars().allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  }

  private void semicolon() {
    if (!block.inStatement()) {
      return;
    }
    boolean prototype = syntax.has(Trait.PREPROCESSOR);
    if (block.pending.isPresent() && prototype) {
      block.pending = DefinitionStart.NONE;
    } else if (block.pending.isPresent()) {
      endPendingTo(lexer.start());
    } else if (block.calls() && syntax.has(Trait.BODILESS) && defines()) {
      nesting.addTo(block.callHeader(text), lexer.start());
    }
    block.endStatement(lexer.line());
  }

  private void open() {
    DefinitionStart owner = DefinitionStart.NONE;
    boolean expected = block.pending.isPresent() && block.pendingBrackets == block.brackets;
    boolean returnsStruct =
        expected && block.calls() && syntax.has(Trait.PREPROCESSOR) && defines();
    boolean typeLiteral =
        syntax.has(Trait.RECEIVER)
            && last == WORD
            && (text.startsWith("interface", lastStart) || text.startsWith("struct", lastStart))
            && block.pending.kind() == Kind.FUNCTION;
    if (expected && !returnsStruct && !typeLiteral) {
      owner = block.pending;
      block.pending = DefinitionStart.NONE;
    } else if (block.inStatement() && defines()) {
      owner = block.callHeader(text);
      leaveUnclosed(block.line);
      block.pending = DefinitionStart.NONE;
    } else if (block.inStatement() && block.arrow && last == '>' && block.hasValueName()) {
      owner = block.valueHeader(text, Kind.FUNCTION);
    } else if (isCompactConstructor()) {
      owner =
          new DefinitionStart(
              block.owner.name(), Kind.FUNCTION, "", Math.max(0, block.line), lastLine, lastStart);
    }
    Body body = body(owner);
    outer.push(block);
    int from = owner.isPresent() ? owner.firstLine() : Math.max(0, block.line);
    block = new BraceBlock(owner, body, lines.indent(from));
    block.lineBefore = lexer.line();
  }

  private boolean isCompactConstructor() {
    return syntax.has(Trait.TYPED_FUNCTION)
        && block.body == Body.MEMBERS
        && block.owner.kind() == Kind.TYPE
        && last == WORD
        && !block.calls()
        && text.substring(lastStart, lastEnd).equals(block.owner.name());
  }

  /// Returns whether the statement's `name(…)` is the header of a function here.
  private boolean defines() {
    if (!block.calls() || block.assigned || block.controls) {
      return false;
    }
    boolean members = block.body == Body.MEMBERS;
    if (syntax.has(Trait.BARE_METHOD)) {
      boolean top = outer.isEmpty();
      return (members && !top) || block.body == Body.ENTRIES;
    }
    if (!syntax.has(Trait.TYPED_FUNCTION)) {
      return false;
    }
    boolean constructor = text.substring(block.callStart, block.callEnd).equals(block.owner.name());
    boolean unclosed =
        block.owner.kind() == Kind.FUNCTION && lines.indent(block.line) <= block.indent;
    boolean macro = syntax.has(Trait.PREPROCESSOR) && outer.isEmpty();
    return (members || unclosed) && (block.callTyped || constructor || macro);
  }

  private Body body(DefinitionStart owner) {
    if (owner.isPresent()) {
      return owner.kind() == Kind.TYPE ? Body.MEMBERS : Body.CODE;
    }
    boolean constant =
        block.body == Body.MEMBERS
            && syntax.has(Trait.BODILESS)
            && !block.assigned
            && ((last == WORD && lastRole == Role.NONE) || last == ')');
    boolean external = syntax.has(Trait.PREPROCESSOR) && outer.isEmpty() && last == LITERAL;
    if (block.opensMembers || (block.makesObject() && last == ')') || constant || external) {
      return Body.MEMBERS;
    }
    boolean literal =
        (last >= 0 && "=(,:[?|&".indexOf(last) >= 0)
            || (last == WORD && text.startsWith("return", lastStart));
    return literal && syntax.has(Trait.BARE_METHOD) ? Body.ENTRIES : Body.CODE;
  }

  private void close() {
    if (outer.isEmpty()) {
      block.endStatement(lexer.line());
      return;
    }
    endPending(lastLine);
    nesting.addTo(block.owner, lexer.start());
    block = outer.pop();
    block.opensMembers = false;
    if (block.inStatement()) {
      block.endStatement(lexer.line());
    }
  }
}

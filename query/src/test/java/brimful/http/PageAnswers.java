package brimful.http;

import brimful.testing.Script;
import java.util.List;

/// What the model of [PageTestServer] answers.
final class PageAnswers {
  private static final String ANSWER =
      """
      ## How a budget is read

      `Budget.parse` takes what people write [%s]:

      1. an empty text is **all that is usable**,
      2. `auto` is the same as a limit, and may stay below it,
      3. everything else is a number with `k` or `M`.

      | written | tokens |
      |---|---:|
      | `32k` | 32,000 |
      | `1M` | 1,000,000 |

      ```java
      Budget budget = Budget.parse("32k", usable);
      ```

      More than the model can read is refused, and <b>not</b> cut. It is paid from a purse [%s].
      """
          .formatted(PageTestServer.RIGHT, PageTestServer.WRONG);

  private static final String PAGE_ANSWER =
      """
      The report has three parts [%1$s p. 1]. Painting the fence cost 400 euros, and Mia did it in
      March [%1$s p. 2].
      """
          .formatted(PageTestServer.REPORT);

  private static final String RICH_ANSWER =
      """
      The sum $\\sum_{i=1}^{n} i$ is \\(\\frac{n(n+1)}{2}\\); it costs $5 today and $10 tomorrow.

      $$
      e^{i\\pi} + 1 = 0
      $$

      ```java
      /// A comment.
      final class Sum { int of(int n) { return n * (n + 1) / 2; } }
      ```

      ```
      no language, <b>no colours</b>
      ```

      A formula that is none: $\\frac{1$, and `$HOME` stays code.

      | %s |
      |%s|
      | %s |
      """
              .formatted(
                  "quarter of the year | ".repeat(11) + "sum",
                  "---|".repeat(11) + "---",
                  "1,234,567 | ".repeat(11) + "9")
          + "\n$$\nx^2\n$$\n ";

  private static final String DRAWN_ANSWER =
      """
      How it flows:

      ```mermaid
      flowchart LR
        Source["<img src=x onerror=alert(1)> files"] --> Chunks
        Chunks -->|ranked| Window
        click Chunks "javascript:alert(2)"
      ```

      And who asks whom:

      ```mermaid
      sequenceDiagram
        Browser->>Server: question
        Server-->>Browser: answer
      ```

      What is none:

      ```mermaid
      flowchart LR
        A --> --> B[
      ```

      The end.
      """;

  private PageAnswers() {}

  /// Returns the answer to a request, which its question decides.
  static Script to(String body) {
    if (body.contains(PageTestServer.NONSENSE)) {
      String brackets = "[".repeat(30_000);
      String stars = "* ".repeat(10_000);
      String quotes = ">".repeat(10_000) + "\n";
      return Script.answer(brackets, "\n\n", stars, "\n\n", quotes, "`".repeat(9_999));
    }
    if (body.contains(PageTestServer.CUT)) {
      return Script.stream(
          List.of(
              Script.text("It is"),
              Script.finish("length"),
              Script.usage(9, 0, 2, 0),
              "data: [DONE]"));
    }
    String answer =
        body.contains(PageTestServer.ON_A_PAGE)
            ? PAGE_ANSWER
            : body.contains(PageTestServer.RICH)
                ? RICH_ANSWER
                : body.contains(PageTestServer.DRAWN) ? DRAWN_ANSWER : ANSWER;
    List<String> words = List.of(answer.split("(?<= )|(?<=\n)"));
    List<String> thoughts = List.of("The question is ", "about budgets.");
    List<String> events = Script.answerEvents(thoughts, words);
    return body.contains(PageTestServer.ENDLESS)
        ? Script.stream(events.subList(0, events.size() / 3)).ending(Script.End.STALL)
        : Script.stream(events);
  }
}

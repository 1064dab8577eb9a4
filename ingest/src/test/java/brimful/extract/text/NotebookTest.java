package brimful.extract.text;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotebookTest {
  private static final String PNG = Base64.getEncoder().encodeToString(new byte[60_000]);

  private static final String VERSION_4 =
      """
      {"nbformat": 4, "metadata": {"language_info": {"name": "python"}}, "cells": [
       {"cell_type": "markdown", "source": ["# Training\\n", "Words about guava."]},
       {"cell_type": "code", "source": ["def train(a):\\n", "    return a"], "outputs": [
         {"output_type": "stream", "name": "stdout", "text": ["loss 9\\rloss 2\\n", "\\u001b[31mred\\u001b[0m\\n"]},
         {"output_type": "display_data", "data": {
            "image/png": "%1$s", "text/plain": ["<Figure size 640x480 with 1 Axes>"]}}]},
       {"cell_type": "code", "source": "", "outputs": []},
       {"cell_type": "markdown", "source": "## Results\\n![x](data:image/png;base64,%1$s)"},
       {"cell_type": "raw", "source": "as it is"},
       {"cell_type": "code", "source": "df", "outputs": [
         {"output_type": "execute_result", "data": {"text/plain": "   a\\n0  1", "text/html": "<table>x</table>"}},
         {"output_type": "display_data", "data": {
            "text/plain": "<IPython.core.display.HTML object>",
            "text/html": ["<style>x</style><table><tr><th>a</th><th>b</th></tr>\\n", "<tr><td>1</td><td>&lt;2</td></tr></table>"]}},
         {"output_type": "display_data", "data": {"image/svg+xml": ["<svg>", "</svg>"]}},
         {"output_type": "error", "ename": "ValueError", "evalue": "bad", "traceback": ["\\u001b[0;31mValueError\\u001b[0m: bad"]}]}
      ]}
      """
          .formatted(PNG);

  @Test
  void readsCellsWithTheirOutputs() {
    assertThat(shown(extract("a.ipynb", VERSION_4)))
        .isEqualTo(
            """
            a.ipynb cell 1: # Training/Words about guava.
            a.ipynb cell 2: ```python/def train(a):/    return a/```/Output:/loss 2/red/(image/png, 60 kB)
            a.ipynb cell 4: ## Results/![x]((image/png, 60 kB))
            a.ipynb cell 5: as it is
            a.ipynb cell 6: ```python/df/```/Output:/   a/0  1/a | b/1 | <2/(image/svg+xml, 11 bytes)/ValueError: bad\
            """);
  }

  @Test
  void cellsAreUnderTheHeadingsBeforeThem() {
    List<ReadablePart> cells = Notebook.parts(VERSION_4);

    assertThat(cells.stream().map(ReadablePart::heading))
        .containsExactly("", "Training", "Training", "Training > Results", "Training > Results");
  }

  @Test
  void readsTheThirdVersionOfTheFormat() {
    String notebook =
        """
        {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [
         {"cell_type": "heading", "level": 2, "source": ["Old"]},
         {"cell_type": "code", "language": "python", "input": ["print 1"], "outputs": [
           {"output_type": "stream", "text": ["1\\n"]},
           {"output_type": "pyout", "text": ["2"], "png": "%s"}]}]}]}
        """
            .formatted(PNG);

    assertThat(shown(extract("a.ipynb", notebook)))
        .isEqualTo(
            "a.ipynb cell 1: ## Old\n"
                + "a.ipynb cell 2: ```python/print 1/```/Output:/1/2/(image/png, 60 kB)");
  }

  @Test
  void aSourceThatIsNullIsEmpty() {
    String notebook =
        """
        {"nbformat": 4, "cells": [
         {"cell_type": "markdown", "source": null},
         {"cell_type": "code", "source": ["a = 1\\n", null], "outputs": [
           {"output_type": "stream", "text": null},
           {"output_type": "execute_result", "data": {"text/plain": null}}]}]}
        """;

    assertThat(shown(extract("a.ipynb", notebook)))
        .isEqualTo("a.ipynb cell 2: ```python/a = 1/```");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\"",
        "{\"a\": 1}",
        "no JSON",
        "[1]"
      })
  void showsAsTextWhatIsNoNotebook(String text) {
    assertThat(shown(extract("a.ipynb", text))).isEqualTo("a.ipynb 1-1: " + text);
  }

  @Seeds
  void readsAnyJson(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var text = new StringBuilder(VERSION_4.replace(PNG, "AAAA"));
      for (int j = random.nextInt(6); j >= 0; j--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(20));
        text.replace(at, end, List.of("", "[", "{", "null", "\"", "1").get(random.nextInt(6)));
      }

      assertThat(Notebook.parts(text.toString()))
          .allSatisfy(part -> assertThat(part.text()).isNotBlank());
    }
  }
}

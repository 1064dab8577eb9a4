package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.mcp.tool.McpErrors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a host gets whose model calls for something that cannot be.
final class BadCallsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static McpFixture fixture;
  private static McpFixture.Talk talk;

  @BeforeAll
  static void serve() throws IOException {
    fixture = new McpFixture(folder);
    fixture.collections.create("empty");
    talk = fixture.talk();
  }

  @AfterAll
  static void stop() {
    talk.close();
    fixture.close();
  }

  @ParameterizedTest(name = "{2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          usage        | collection is missing: there are docs    | search    | {"question":"x"}
          usage        | question is missing: give it as text     | search    | {"collection":"docs"}
          usage        | question is missing: give it as text     | search    | {"collection":"docs","question":" "}
          not_found    | no collection is called "none"           | search    | {"collection":"none","question":"x"}
          usage        | limit "51" is not a whole number         | search    | {"collection":"docs","question":"x","limit":51}
          usage        | limit "1.5" is not a whole number        | search    | {"collection":"docs","question":"x","limit":1.5}
          usage        | limit "lots" is not a whole number       | search    | {"collection":"docs","question":"x","limit":"lots"}
          usage        | collection is not a text                 | search    | {"collection":["docs"],"question":"x"}
          usage        | question is not a text                   | search    | {"collection":"docs","question":{"a":1}}
          usage        | question is not a text                   | search    | {"collection":"docs","question":5}
          usage        | pattern is not a text                    | grep      | {"collection":"docs","pattern":true}
          usage        | limit "[1]" is not a whole number        | search    | {"collection":"docs","question":"x","limit":[1]}
          usage        | limit "true" is not a whole number       | search    | {"collection":"docs","question":"x","limit":true}
          usage        | regex "1" is neither true nor false      | grep      | {"collection":"docs","pattern":"a","regex":1}
          usage        | scope is not a text or a list of texts   | search    | {"collection":"docs","question":"x","scope":[]}
          usage        | scope is not a text or a list of texts   | search    | {"collection":"docs","question":"x","scope":["docs/**",7]}
          not_found    | scope none/** matches no document        | search    | {"collection":"docs","question":"x","scope":["*.md","none/**"]}
          not_found    | scope document:x matches no document     | pack      | {"collection":"docs","question":"x","scope":["*.md","document:x"]}
          not_found    | no collection is called "b"              | pack      | {"collection":"docs+b","question":"x"}
          usage        | 17 collections: name 16 at most          | pack      | {"collection":"a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q","question":"x"}
          usage        | budget "10" is not a whole number        | pack      | {"collection":"docs","question":"x","budget":10}
          not_found    | no collection is called "none"           | pack      | {"collection":"none","question":"x"}
          usage        | document is missing                      | read      | {"collection":"docs"}
          not_found    | has no document docs/none                | read      | {"collection":"docs","document":"docs/none"}
          usage        | give the smaller number first            | read      | {"collection":"docs","document":"docs/broker.md","first":3,"last":1}
          usage        | both lines and a page                    | read      | {"collection":"docs","document":"docs/broker.md","first":1,"page":1}
          usage        | has no such place                        | read      | {"collection":"docs","document":"docs/broker.md","page":3}
          usage        | offset 999 is behind the end             | read      | {"collection":"docs","document":"docs/broker.md","offset":999}
          not_found    | no collection is called "none"           | documents | {"collection":"none"}
          usage        | search has no argument "query": it has question, collection, scope, limit, cursor | search | {"collection":"docs","question":"x","query":"y"}
          usage        | collections has no argument "all": it has none | collections | {"all":true}
          usage        | scope is not a text or a list of texts   | search    | {"collection":"docs","question":"x","scope":{"a":1}}
          usage        | scope "": give a pattern of paths        | pack      | {"collection":"docs","question":"x","scope":""}
          usage        | the cursor does not belong to this request | search  | {"collection":"docs","question":"x","cursor":"?"}
          usage        | the cursor does not belong to this request | grep    | {"collection":"docs","pattern":"x","cursor":"MTA6MA"}
          usage        | pattern is missing                       | grep      | {"collection":"docs"}
          usage        | pattern is not a regular expression      | grep      | {"collection":"docs","pattern":"a(","regex":true}
          usage        | pattern repeats too much                 | grep      | {"collection":"docs","pattern":"((a{99}){99}){99}","regex":true}
          usage        | regex "maybe" is neither true nor false  | grep      | {"collection":"docs","pattern":"a","regex":"maybe"}
          not_found    | has no document docs/none                | outline   | {"collection":"docs","path":"docs/none"}
          not_found    | no model is called "nope"                | ask       | {"collection":"docs","question":"x","model":"nope"}
          unanswerable | collection empty holds no text yet       | ask       | {"collection":"empty","question":"x"}
          usage        | budget "lots" is not a whole number      | ask       | {"collection":"docs","question":"x","budget":"lots"}
          usage        | max_cost_usd is missing                  | ask       | {"collection":"docs","question":"x","exhaustive":true}
          usage        | max_cost_usd "-1" is no amount in USD    | ask       | {"collection":"docs","question":"x","exhaustive":true,"max_cost_usd":-1}
          usage        | max_cost_usd without exhaustive          | ask       | {"collection":"docs","question":"x","max_cost_usd":1}
          usage        | retry_failed without exhaustive          | ask       | {"collection":"docs","question":"x","retry_failed":true}
          unavailable  | no model is connected to read the windows | ask      | {"collection":"docs","question":"x","exhaustive":true,"max_cost_usd":1}
          """)
  void getsOneLineAndTheKindOfTheError(String kind, String line, String tool, String arguments)
      throws JsonProcessingException {
    McpSchema.CallToolResult result =
        talk.call(tool, JSON.readValue(arguments, new TypeReference<Map<String, Object>>() {}));

    assertThat(result.isError()).isTrue();
    assertThat(McpFixture.text(result)).contains(line).doesNotContain("\n", "Exception");
    assertThat(result.meta()).containsEntry(McpErrors.KIND, kind);
  }

  @Test
  void aResourceThatIsNotThereIsNotFound() {
    for (String uri : new String[] {"brimful://none/docs/broker.md", "brimful://docs/none.md"}) {
      assertThatExceptionOfType(McpError.class)
          .isThrownBy(() -> talk.resource(uri))
          .satisfies(e ->
              assertThat(e.getJsonRpcError().code())
                  .isEqualTo(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND));
    }
  }

  @Test
  void everyKindHasACode() {
    assertThat(McpErrors.code(UserError.Kind.NOT_FOUND))
        .isEqualTo(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND);
    assertThat(McpErrors.code(UserError.Kind.FORBIDDEN))
        .isEqualTo(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND);
    assertThat(McpErrors.code(UserError.Kind.USAGE)).isEqualTo(McpSchema.ErrorCodes.INVALID_PARAMS);
    assertThat(McpErrors.code(UserError.Kind.UNPAID))
        .isEqualTo(McpSchema.ErrorCodes.INVALID_PARAMS);
    assertThat(McpErrors.code(UserError.Kind.UPSTREAM))
        .isEqualTo(McpSchema.ErrorCodes.INTERNAL_ERROR);
    assertThat(McpErrors.code(UserError.Kind.DISK_FULL))
        .isEqualTo(McpSchema.ErrorCodes.INTERNAL_ERROR);
  }

  @Test
  void whatIsOursTellsNothingOfTheInside() {
    String inside = "/home/me/secret.txt";

    assertThat(McpFixture.text(McpErrors.result(new IllegalArgumentException(inside))))
        .isEqualTo("this is a defect of the server: its log has more");
    assertThat(
            McpFixture.text(
                McpErrors.result(new UncheckedIOException(inside, new IOException(inside)))))
        .isEqualTo("I/O error of the server: its log has more");
  }
}

package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.model.Usage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageReportTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"completion_tokens\":7}",
        "{\"prompt_tokens\":12}",
        "{\"prompt_tokens\":12,\"completion_tokens\":null}",
        "{\"prompt_tokens\":12,\"completion_tokens\":\"abc\"}",
        "{\"prompt_tokens\":12,\"completion_tokens\":-7}",
        "{\"prompt_tokens\":-5,\"completion_tokens\":7}",
        "{\"prompt_tokens\":12,\"total_tokens\":5}"
      })
  void takesHalfAReportForNone(String said) throws JsonProcessingException {
    assertThat(usage(said)).isEqualTo(Usage.UNREPORTED);
  }

  @Test
  void takesTheReplyFromTheTotal() throws JsonProcessingException {
    assertThat(usage("{\"prompt_tokens\":12,\"total_tokens\":50}"))
        .isEqualTo(new Usage(12, 0, 0, 38, 0));
  }

  @Test
  void readsNumbersThatAreWrittenAsText() throws JsonProcessingException {
    assertThat(usage("{\"prompt_tokens\":\"12\",\"completion_tokens\":\"3\"}"))
        .isEqualTo(new Usage(12, 0, 0, 3, 0));
  }

  @Test
  void hasNoMoreInTheCacheThanWasRead() throws JsonProcessingException {
    assertThat(
            usage(
                "{\"prompt_tokens\":12,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":500,\"cache_write_tokens\":9}}"))
        .isEqualTo(new Usage(12, 12, 0, 3, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":240,\"completion_tokens\":20,\"total_tokens\":5260}",
        "{\"prompt_tokens\":240,\"completion_tokens\":20,\"completion_tokens_details\":{\"reasoning_tokens\":5020}}"
      })
  void countsThoughtsThatTheReplyLeavesOut(String said) throws JsonProcessingException {
    assertThat(usage(said).completion()).isEqualTo(5020);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":240,\"completion_tokens\":20,\"total_tokens\":0}",
        "{\"prompt_tokens\":240,\"completion_tokens\":20,\"total_tokens\":260}",
        "{\"prompt_tokens\":240,\"completion_tokens\":20,\"completion_tokens_details\":{\"reasoning_tokens\":15}}"
      })
  void believesTheReplyOtherwise(String said) throws JsonProcessingException {
    assertThat(usage(said).completion()).isEqualTo(20);
  }

  @Test
  void aReportWithoutDetailsLeavesTheCacheHitsOfItsPrompt() throws JsonProcessingException {
    Usage first =
        usage(
            "{\"prompt_tokens\":240,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":100}}");

    assertThat(after(first, "{\"prompt_tokens\":240,\"completion_tokens\":20}"))
        .isEqualTo(new Usage(240, 100, 0, 20, 0));
    assertThat(after(first, "{\"prompt_tokens\":250,\"completion_tokens\":20}"))
        .isEqualTo(new Usage(250, 0, 0, 20, 0));
    assertThat(
            after(
                first,
                "{\"prompt_tokens\":240,\"completion_tokens\":20,\"prompt_cache_hit_tokens\":0}"))
        .isEqualTo(new Usage(240, 0, 0, 20, 0));
  }

  private static Usage after(Usage before, String said) throws JsonProcessingException {
    return UsageReport.of(new ObjectMapper().readTree(said), before);
  }

  private static Usage usage(String said) throws JsonProcessingException {
    return UsageReport.of(new ObjectMapper().readTree(said));
  }
}

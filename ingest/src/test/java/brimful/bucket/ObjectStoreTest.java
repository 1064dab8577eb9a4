package brimful.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectStoreTest {
  private static final BucketAddress DOCS = new BucketAddress("docs", "");

  private final FakeStore fake = new FakeStore();

  @AfterEach
  void close() {
    fake.close();
  }

  private ObjectStore store() {
    return ObjectStore.of(fake.environment());
  }

  private static List<String> keys(ObjectStore store, BucketAddress at) {
    List<String> keys = new ArrayList<>();
    store.list(at, object -> keys.add(object.key()));
    return keys;
  }

  @Test
  void repeatsWhatAnOverloadedStoreRefuses() {
    fake.put("a.txt", "text").fail(2, 503, "SlowDown", Map.of());

    assertThat(keys(store(), DOCS)).containsExactly("a.txt");
    assertThat(fake.requests).containsExactly("GET ?", "GET ?", "GET ?");
  }

  @Test
  void givesUpAfterAFewAttempts() {
    fake.fail(100, 503, "SlowDown", Map.of());

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> keys(store(), DOCS))
        .matches(e -> e.kind() == UserError.Kind.UNAVAILABLE)
        .withMessageContaining("cannot serve s3://docs now (503 SlowDown): try again later");
    assertThat(fake.requests).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|AccessDenied|FORBIDDEN|denies access to s3://docs (403 AccessDenied): allow s3:ListBucket",
        "403|InvalidAccessKeyId|UNAUTHENTICATED|does not accept the access key for s3://docs (403 InvalidAccessKeyId): check AWS_ACCESS_KEY_ID",
        "403|SignatureDoesNotMatch|UNAUTHENTICATED|(403 SignatureDoesNotMatch): check AWS_ACCESS_KEY_ID",
        "403|RequestTimeTooSkewed|CONFIG|this machine's clock differs from its own (403 RequestTimeTooSkewed): set the clock",
        "404|NoSuchBucket|NOT_FOUND|has no bucket docs (404 NoSuchBucket): check its name and the endpoint",
        "301|PermanentRedirect|CONFIG|bucket docs is in region eu-north-1 (301 PermanentRedirect): set AWS_REGION",
        "400|AuthorizationHeaderMalformed|CONFIG|bucket docs is in region eu-north-1 (400 AuthorizationHeaderMalformed): set AWS_REGION",
        "400|Strange|UNAVAILABLE|refuses s3://docs (400 Strange): check the name and the endpoint"
      })
  void saysWhatToDo(int status, String code, UserError.Kind kind, String line) {
    fake.fail(9, status, code, Map.of("x-amz-bucket-region", "eu-north-1"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> keys(store(), DOCS))
        .matches(e -> e.kind() == kind)
        .withMessageContaining(line)
        .withMessageNotContaining("do-not-print");
  }

  @Test
  void saysThatNoCredentialsAreThere() {
    Map<String, String> environment = new HashMap<>(fake.environment());
    environment.remove("AWS_ACCESS_KEY_ID");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> keys(ObjectStore.of(environment), DOCS))
        .matches(e -> e.kind() == UserError.Kind.CONFIG)
        .withMessage(
            "no credentials for s3://docs: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE");
    assertThat(fake.requests).isEmpty();
  }

  @Test
  void readsAProfile(@TempDir Path home) throws IOException {
    fake.put("a.txt", "text");
    Path credentials = home.resolve("credentials");
    Files.writeString(
        credentials, "[team]\naws_access_key_id = someone\naws_secret_access_key = secret\n");
    Path config = home.resolve("config");
    Files.writeString(
        config,
        "[profile team]\nregion = eu-north-1\nendpoint_url = %s\n"
            .formatted(fake.environment().get("AWS_ENDPOINT_URL_S3")));

    var store =
        ObjectStore.of(
            Map.of(
                "AWS_PROFILE",
                "team",
                "AWS_SHARED_CREDENTIALS_FILE",
                credentials.toString(),
                "AWS_CONFIG_FILE",
                config.toString()));

    assertThat(keys(store, DOCS)).containsExactly("a.txt");
  }

  @Test
  void namesTheStoreThatDoesNotAnswer() {
    Map<String, String> environment = fake.environment();
    fake.close();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> keys(ObjectStore.of(environment), DOCS))
        .matches(e -> e.kind() == UserError.Kind.UNAVAILABLE)
        .withMessageContaining(environment.get("AWS_ENDPOINT_URL_S3"))
        .withMessageContaining("ConnectException Connection refused: check AWS_ENDPOINT_URL_S3");
  }

  @Test
  void tellsAMissingObjectFromAMissingBucket() {
    fake.put("a.txt", "text");

    assertThat(store().find("docs", "b.txt")).isEmpty();
    assertThat(store().find("docs", "a.txt")).isPresent();
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> store().find("other", "a.txt"))
        .withMessageContaining("has no bucket other (404 NoSuchBucket)");
  }

  @Test
  void continuesWhereAConnectionBroke() throws IOException {
    String text = "0123456789".repeat(1000);
    fake.put("a.txt", text).cut(1234);

    try (InputStream in = store().read("docs", "a.txt")) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text);
    }
    assertThat(fake.requests).containsExactly("GET a.txt", "GET a.txt");
  }

  @Test
  void anObjectThatIsDeniedSaysSoWhenItIsRead() throws IOException {
    fake.put("a.txt", "text").fail(1, 403, "AccessDenied", Map.of());

    try (InputStream in = store().read("docs", "a.txt")) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(in::readAllBytes)
          .withMessageContaining("denies access to s3://docs/a.txt (403 AccessDenied)");
    }
  }

  @Test
  void listsPageByPageAndStopsWhenNoMoreIsWanted() {
    for (int i = 0; i < 2500; i++) {
      fake.put("many/" + (1000 + i), "x");
    }
    List<String> some = new ArrayList<>();

    assertThat(keys(store(), new BucketAddress("docs", "many"))).hasSize(2500).isSorted();
    assertThat(fake.requests).hasSize(3);
    store().list(DOCS, object -> some.add(object.key()) && some.size() < 10);
    assertThat(some).hasSize(10);
    assertThat(fake.requests).hasSize(4);
  }
}

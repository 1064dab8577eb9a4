package brimful.bucket;

import brimful.corpus.HomePath;
import brimful.corpus.UserError;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// What the process's variables and AWS's own files say about the object store: the names are those
/// of AWS's tools.
///
/// Keys are looked for in `AWS_ACCESS_KEY_ID`, a web identity token, the profile, the container's
/// and the machine's role, in this order. An endpoint of one's own, such as MinIO's, gets the
/// bucket in the path and not in the host name.
final class StoreSettings {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /// How long the other side may be silent.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  /// A request is sent so often, with growing pauses, if the store is overloaded or away.
  private static final int ATTEMPTS_MAX = 4;

  private static final String DEFAULT_REGION = "us-east-1";

  private final Map<String, String> environment;
  private final Optional<Profile> profile;

  StoreSettings(Map<String, String> environment) {
    this.environment = environment;
    profile = profiles().profile(profileName());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private String profileName() {
    return variable("AWS_PROFILE").orElse("default");
  }

  private ProfileFile profiles() {
    ProfileFile.Aggregator files = ProfileFile.aggregator();
    file("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")
        .ifPresent(path ->
            files.addFile(
                ProfileFile.builder().content(path).type(ProfileFile.Type.CREDENTIALS).build()));
    file("AWS_CONFIG_FILE", "~/.aws/config")
        .ifPresent(path ->
            files.addFile(
                ProfileFile.builder().content(path).type(ProfileFile.Type.CONFIGURATION).build()));
    return files.build();
  }

  private Optional<Path> file(String name, String usual) {
    Path path = Path.of(HomePath.expanded(variable(name).orElse(usual), environment));
    return Optional.of(path).filter(Files::isReadable);
  }

  /// Returns the store's own address; empty for Amazon's.
  Optional<URI> endpoint() {
    return variable("AWS_ENDPOINT_URL_S3")
        .or(() -> variable("AWS_ENDPOINT_URL"))
        .or(() -> profile.flatMap(is -> is.property("endpoint_url")))
        .map(StoreSettings::endpoint);
  }

  private static URI endpoint(String text) {
    if (!text.matches("https?://[^/?#@\\s][^?#@\\s]*")) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "the object store's endpoint in AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is no address: write it like https://minio.example:9000");
    }
    return URI.create(text);
  }

  private Region region() {
    return Region.of(
        variable("AWS_REGION")
            .or(() -> variable("AWS_DEFAULT_REGION"))
            .or(() -> profile.flatMap(is -> is.property("region")))
            .orElse(DEFAULT_REGION));
  }

  /// Returns a new client, which opens no connection before its first request.
  S3Client client() {
    var builder =
        S3Client.builder()
            .region(region())
            .credentialsProvider(credentials())
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_MAX)
                    .socketTimeout(SILENCE_MAX)
                    .build())
            // Other stores than Amazon's do not know the newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(is ->
                is.retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS_MAX)
                        .build()));
    endpoint().ifPresent(own -> builder.endpointOverride(own).forcePathStyle(true));
    return builder.build();
  }

  private AwsCredentialsProvider credentials() {
    List<AwsCredentialsProvider> chain = new ArrayList<>();
    own().ifPresent(keys -> chain.add(StaticCredentialsProvider.create(keys)));
    chain.add(WebIdentityTokenFileCredentialsProvider.create());
    if (profile.isPresent()) {
      chain.add(
          ProfileCredentialsProvider.builder()
              .profileFile(profiles())
              .profileName(profileName())
              .build());
    }
    chain.add(ContainerCredentialsProvider.create());
    if (!variable("AWS_EC2_METADATA_DISABLED").map(Boolean::parseBoolean).orElse(false)) {
      chain.add(InstanceProfileCredentialsProvider.create());
    }
    return AwsCredentialsProviderChain.of(chain.toArray(AwsCredentialsProvider[]::new));
  }

  private Optional<AwsCredentials> own() {
    return variable("AWS_ACCESS_KEY_ID")
        .flatMap(id ->
            variable("AWS_SECRET_ACCESS_KEY")
                .map(secret ->
                    variable("AWS_SESSION_TOKEN")
                        .<AwsCredentials>map(
                            token -> AwsSessionCredentials.create(id, secret, token))
                        .orElseGet(() -> AwsBasicCredentials.create(id, secret))));
  }
}

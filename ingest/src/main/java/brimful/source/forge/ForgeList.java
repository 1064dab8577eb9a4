package brimful.source.forge;

import brimful.corpus.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.CredentialsProvider;

/// The repositories of an organisation, page by page from the API of its forge.
///
/// All pages come from the host of the first, and redirects are not followed, so that a token and a
/// server's guard are about that host alone. The list is whole, or asking for it fails: what a cut
/// list lacks would pass for deleted.
public final class ForgeList {
  static final int REPOSITORIES_MAX = 10_000;

  private static final int PAGE_BYTES_MAX = 64 << 20;
  private static final int PAGES_MAX = 1_000;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  /// For all of a page, once it has begun.
  private static final Duration PAGE_MAX = Duration.ofMinutes(5);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*\\brel=\"?next\"?");
  private static final Pattern CLONED = Pattern.compile("https?://[^/@]+/.+");

  private static final Pattern NAME =
      Pattern.compile("(?!(?:.*/)?[.]{1,2}(?:/|$))[\\w.-]+(?:/[\\w.-]+)*");

  private final ForgeAddress address;
  private final Map<String, String> environment;
  private final Duration pageMax;

  /// @param environment the process's variables, which have tokens and the addresses of APIs
  public ForgeList(ForgeAddress address, Map<String, String> environment) {
    this(address, environment, PAGE_MAX);
  }

  ForgeList(ForgeAddress address, Map<String, String> environment, Duration pageMax) {
    this.address = address;
    this.environment = Map.copyOf(environment);
    this.pageMax = pageMax;
  }

  /// Returns what the list is of, see [ForgeAddress#organization].
  public String organization() {
    return address.organization();
  }

  /// Returns the repositories, by name; without archived ones and forks, unless they are wanted.
  ///
  /// @param isGit tells which lines of a list file are addresses of git
  /// @throws UserError if the list cannot be had, or not now
  public List<ForgeRepository> repositories(Predicate<String> isGit) {
    List<ForgeRepository> all =
        address.kind() == ForgeAddress.Kind.GIT_LIST
            ? GitList.read(Path.of(address.name()), isGit)
            : listed();
    if (address.part().isEmpty()) {
      return all;
    }
    // Whoever asks for one knows that it has changed, which its stamp may not show yet.
    return all.stream()
        .filter(one -> one.name().equalsIgnoreCase(address.part()))
        .map(one -> new ForgeRepository(one.name(), one.url(), ""))
        .toList();
  }

  /// Returns what git gives to the host of a repository: the forge's token, if it is its host.
  public Optional<CredentialsProvider> credentials(ForgeRepository repository) {
    if (address.kind() == ForgeAddress.Kind.GIT_LIST
        || !CLONED.matcher(repository.url()).matches()) {
      return Optional.empty();
    }
    String token = address.token(environment);
    String own = host(api()).replaceFirst("^api\\.github\\.com$", "github.com");
    return token.isEmpty() || !host(repository.url()).equalsIgnoreCase(own)
        ? Optional.empty()
        : Optional.of(new HostCredentials(own, address.forge().user(), token));
  }

  static boolean isLoopback(String host) {
    return host != null && List.of("localhost", "127.0.0.1", "[::1]").contains(host);
  }

  static UserError tooMany(String where) {
    return new UserError(
        UserError.Kind.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "%s has more than %,d repositories: name those that you need in a git-list:FILE",
            where,
            REPOSITORIES_MAX));
  }

  private String api() {
    String api = address.api(environment);
    if (!api.matches("(?i)https?://[^/@?#]+(?:/[^@?#]*)?")) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s=%s is no address of an API: write it like https://host/api/v3"
              .formatted(address.kind().apiVariable(), api));
    }
    return api;
  }

  private static String host(String url) {
    return Optional.ofNullable(URI.create(url.replace(" ", "%20")).getHost()).orElse("");
  }

  private List<ForgeRepository> listed() {
    Forge forge = address.forge();
    var found = new ArrayList<ForgeRepository>();
    URI first = forge.first(api());
    Optional<URI> next = Optional.of(first);
    Set<URI> had = new HashSet<>();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(ANSWER_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      for (int page = 0; next.isPresent(); page++) {
        if (!had.add(next.get())) {
          throw new UserError(
              UserError.Kind.UPSTREAM,
              "%s goes on with a page that it has had, %s: try again, or check %s"
                  .formatted(host(api()), next.get(), address.kind().apiVariable()));
        }
        HttpResponse<InputStream> answer = page < PAGES_MAX ? ask(client, next.get()) : refused();
        for (JsonNode node : body(answer)) {
          keep(forge.entry(node), found);
        }
        next = next(answer, first);
      }
    }
    found.sort((a, b) -> a.name().compareTo(b.name()));
    return found;
  }

  private HttpResponse<InputStream> refused() {
    throw tooMany(address.toString());
  }

  private void keep(Forge.Entry entry, List<ForgeRepository> found) {
    boolean wanted =
        (address.archived() || !entry.archived()) && (address.forks() || !entry.fork());
    if (!wanted || entry.empty()) {
      return;
    }
    ForgeRepository repository = entry.repository();
    boolean local = repository.url().startsWith("file://") && isLoopback(host(api()));
    if (!NAME.matcher(repository.name()).matches()
        || !(local || CLONED.matcher(repository.url()).matches())) {
      throw new UserError(
          UserError.Kind.UPSTREAM,
          "%s names a repository \"%s\" at \"%s\", which is none: check %s"
              .formatted(
                  host(api()), repository.name(), repository.url(), address.kind().apiVariable()));
    }
    if (found.size() >= REPOSITORIES_MAX) {
      throw tooMany(address.toString());
    }
    found.add(repository);
  }

  private HttpResponse<InputStream> ask(HttpClient client, URI page) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page)
            .timeout(ANSWER_MAX)
            .header("Accept", "application/json")
            .header("User-Agent", "brimful");
    String token = address.token(environment);
    if (!token.isEmpty()) {
      if (page.getScheme().equalsIgnoreCase("http") && !isLoopback(page.getHost())) {
        throw new UserError(
            UserError.Kind.CONFIG,
            "%s would be sent to %s without TLS: write https in %s"
                .formatted(
                    address.kind().tokenVariable(), page.getHost(), address.kind().apiVariable()));
      }
      address.forge().authorization(token).forEach(request::header);
    }
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        answer.body().close();
        throw failure(answer);
      }
      return answer;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while listing " + address);
    }
  }

  private UserError unreachable(IOException e) {
    return unreachable("does not answer", e);
  }

  private UserError unreachable(String how, IOException e) {
    return new UserError(
        UserError.Kind.UNAVAILABLE,
        "cannot list %s, %s %s: check the network, or name its API in %s"
            .formatted(address, host(api()), how, address.kind().apiVariable()),
        e);
  }

  private JsonNode body(HttpResponse<InputStream> answer) {
    // The client's own limit ends with the headers.
    var late = new AtomicBoolean();
    CompletableFuture<Void> watch =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              closeQuietly(answer.body());
            },
            CompletableFuture.delayedExecutor(pageMax.toMillis(), TimeUnit.MILLISECONDS));
    try (InputStream in = answer.body()) {
      byte[] bytes = in.readNBytes(PAGE_BYTES_MAX);
      JsonNode page = JSON.readTree(bytes);
      if (page.isArray()) {
        return page;
      }
    } catch (JsonProcessingException _) {
      // Reported below, as what is no list.
    } catch (IOException e) {
      throw unreachable(late.get() ? "does not end, its answer stopped" : "broke off", e);
    } finally {
      watch.cancel(false);
    }
    throw new UserError(
        UserError.Kind.UPSTREAM,
        "%s did not answer with a list of repositories: check %s"
            .formatted(host(api()), address.kind().apiVariable()));
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException _) {
      // Its reader hears of it.
    }
  }

  /// Returns the next page, which must be on the same host.
  private Optional<URI> next(HttpResponse<InputStream> answer, URI first) {
    Matcher link = NEXT.matcher(String.join(", ", answer.headers().allValues("Link")));
    if (!link.find()) {
      return Optional.empty();
    }
    try {
      URI next = answer.uri().resolve(link.group(1));
      if (next.getScheme().equals(first.getScheme())
          && next.getAuthority().equals(first.getAuthority())) {
        return Optional.of(next);
      }
    } catch (IllegalArgumentException _) {
      // Reported below, as an address elsewhere.
    }
    throw new UserError(
        UserError.Kind.UPSTREAM,
        "%s continues its list of repositories elsewhere, at %s: check %s"
            .formatted(first.getAuthority(), link.group(1), address.kind().apiVariable()));
  }

  private UserError failure(HttpResponse<InputStream> answer) {
    String host = host(api());
    String variable = address.kind().tokenVariable();
    int status = answer.statusCode();
    boolean spent =
        answer.headers().firstValue("X-RateLimit-Remaining").filter("0"::equals).isPresent()
            || answer.headers().firstValue("Retry-After").isPresent();
    if (status == 429 || (status == 403 && spent)) {
      return new UserError(
          UserError.Kind.RATE_LIMITED,
          "%s accepts no more requests%s: try again then, or set %s, which has a higher limit"
              .formatted(host, until(answer), variable));
    }
    return switch (status) {
      case 301, 302, 307, 308 ->
          new UserError(
              UserError.Kind.NOT_FOUND,
              "%s has moved %s to %s (status %s): give its present name, or check %s"
                  .formatted(
                      host,
                      address,
                      answer.headers().firstValue("Location").orElse("another address"),
                      status,
                      address.kind().apiVariable()));
      case 401, 403 ->
          new UserError(
              UserError.Kind.FORBIDDEN,
              "%s does not show %s (status %s): set %s to a token that may read it"
                  .formatted(host, address, status, variable));
      case 404 ->
          new UserError(
              UserError.Kind.NOT_FOUND,
              "%s has no %s: check the name, or set %s if it is private"
                  .formatted(host, address, variable));
      default ->
          new UserError(
              UserError.Kind.UNAVAILABLE,
              "%s answered with status %s to the list of %s: try again, or check %s"
                  .formatted(host, status, address, address.kind().apiVariable()));
    };
  }

  private static String until(HttpResponse<InputStream> answer) {
    Optional<Long> seconds = number(answer, "Retry-After");
    Optional<Long> reset =
        number(answer, "X-RateLimit-Reset").or(() -> number(answer, "RateLimit-Reset"));
    return seconds
        .map(wait -> " for %s s".formatted(wait))
        .or(() ->
            reset.map(at -> " until " + Instant.ofEpochSecond(at).truncatedTo(ChronoUnit.SECONDS)))
        .orElse(" for now");
  }

  private static Optional<Long> number(HttpResponse<InputStream> answer, String header) {
    return answer
        .headers()
        .firstValue(header)
        .filter(text -> text.matches("\\d{1,10}"))
        .map(Long::valueOf);
  }
}

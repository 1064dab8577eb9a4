package brimful.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.cli.command.ExitCode;
import brimful.cli.option.Terminal;
import brimful.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `brimful serve` in a thread of this process, as its command line starts it.
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final Pattern ADDRESS = Pattern.compile("serving (http://[^, ]+),");

  final String address;
  final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;

  private RunningServer(String address, Thread thread) {
    this.address = address;
    this.thread = thread;
  }

  /// Starts it, and returns when it listens.
  ///
  /// @param more further words of its command line
  static RunningServer start(Map<String, String> environment, Path root, String... more) {
    var listening = new CompletableFuture<String>();
    var told =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            Matcher found = ADDRESS.matcher(toString(UTF_8));
            if (found.find()) {
              listening.complete(found.group(1));
            }
          }
        };
    InputStream in = new ByteArrayInputStream(new byte[0]);
    var err = new PrintStream(told, true, UTF_8);
    var terminal = new Terminal(in, err, err, environment);
    List<String> words =
        Stream.concat(
                Stream.of(
                    "serve", "--port", Integer.toString(freePort()), "--roots", root.toString()),
                Arrays.stream(more))
            .toList();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              ExitCode code = Main.run(words, terminal);
              listening.completeExceptionally(
                  new IllegalStateException(code + ": " + told.toString(UTF_8)));
            });
    try {
      return new RunningServer(
          listening.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).replace("localhost", "127.0.0.1"),
          thread);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpRequest.Builder json(String path, String body) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      // The client hangs up: the connection of a call that was interrupted is closed.
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String body) {
    return send(json(path, body));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE).GET());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean _ = thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }
}

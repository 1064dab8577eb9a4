package brimful.model;

import brimful.model.LocalRunner.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Finds the runners of models on this machine by their default ports.
///
/// Where nothing listens, loopback says so at once, so that a machine without runners pays some
/// milliseconds. Only names and limits are read; nothing is loaded, and nothing is asked.
public final class LocalRunners {
  private static final int SEARCH_MILLIS_MAX = 1_500;

  private static final List<Port> DEFAULTS =
      List.of(
          new Port(1234, Kind.LM_STUDIO),
          new Port(11434, Kind.OLLAMA),
          new Port(8000, Kind.VLLM),
          new Port(9931, Kind.LLAMA_CPP),
          // llama.cpp before it moved.
          new Port(8080, Kind.LLAMA_CPP),
          new Port(30000, Kind.SGLANG));

  private final List<Port> ports;
  private final ApiKey key;

  /// Where a runner listens unless it is told otherwise.
  record Port(int number, Kind kind) {}

  /// Returns a search without a key.
  public LocalRunners() {
    this(DEFAULTS, ApiKey.NONE);
  }

  /// @param key for those that refuse to be asked without one
  public LocalRunners(ApiKey key) {
    this(DEFAULTS, key);
  }

  LocalRunners(List<Port> ports) {
    this(ports, ApiKey.NONE);
  }

  LocalRunners(List<Port> ports, ApiKey key) {
    this.ports = List.copyOf(ports);
    this.key = key;
  }

  /// Returns the runners that are there, in the order of the list of ports: those that have a
  /// model, load one, or want a key.
  public List<LocalRunner> find() {
    List<Callable<Optional<LocalRunner>>> probes =
        ports.stream()
            .map(port ->
                (Callable<Optional<LocalRunner>>)
                    () ->
                        new RunnerProbe("http://127.0.0.1:" + port.number(), key)
                            .probe(port.kind()))
            .toList();
    // Not closed: that would wait for a probe that is late.
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var found = new ArrayList<LocalRunner>();
      for (Future<Optional<LocalRunner>> probe :
          executor.invokeAll(probes, SEARCH_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        result(probe).ifPresent(found::add);
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      executor.shutdownNow();
    }
  }

  /// Returns the runner at an address, whichever it is; empty if it is none that is known.
  ///
  /// @param baseUrl with or without `/v1` at its end
  /// @param own sent if the server refuses to be asked without one
  public Optional<LocalRunner> at(String baseUrl, ApiKey own) {
    String root = baseUrl.replaceAll("(?<!/)/++$", "").replaceAll("/v1$", "");
    return new RunnerProbe(root, own).probeAny();
  }

  private static Optional<LocalRunner> result(Future<Optional<LocalRunner>> probe)
      throws InterruptedException {
    try {
      return probe.get();
    } catch (CancellationException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
